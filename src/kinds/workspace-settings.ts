import { applySettings, findNeighbours } from '../resolve/sharing.ts';
import { readSpec } from '../schemas.ts';
import type { SettingsSpec } from '../workspace.ts';
import type { Kind } from './kind.ts';

/** What a workspace lets others see, and takes from others; both sides must agree. */
export const workspaceSettings: Kind = {
  apiVersion: 'admin.gloo.solo.io/v2',
  kind: 'WorkspaceSettings',
  contribute(source, draft) {
    draft.used.add(source);
    const spec = readSpec<SettingsSpec>(source, 'workspace-settings', draft);
    if (spec !== undefined) applySettings(source, spec, draft);
  },
  finish: findNeighbours,
};
