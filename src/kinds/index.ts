import { accessPolicy } from './access-policy.ts';
import { externalEndpoint } from './external-endpoint.ts';
import { externalService } from './external-service.ts';
import type { Kind } from './kind.ts';
import { virtualGateway } from './virtual-gateway.ts';
import { workspace } from './workspace.ts';
import { workspaceSettings } from './workspace-settings.ts';

/** Every input kind, in planning order: a kind may use what the ones above it have added. */
export const kinds: readonly Kind[] = [
  workspace,
  workspaceSettings,
  externalEndpoint,
  virtualGateway,
  externalService,
  accessPolicy,
];
