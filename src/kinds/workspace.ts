import { readWorkspace, type WorkspaceSpec } from '../resolve/workspaces.ts';
import { readSpec } from '../schemas.ts';
import type { Kind } from './kind.ts';

/** A team's namespaces: what is declared in one of them is for all of them. */
export const workspace: Kind = {
  apiVersion: 'admin.gloo.solo.io/v2',
  kind: 'Workspace',
  contribute(source, draft) {
    draft.used.add(source);
    const spec = readSpec<WorkspaceSpec>(source, 'workspace', draft);
    if (spec !== undefined) draft.workspaces.push(readWorkspace(source, spec, draft));
  },
};
