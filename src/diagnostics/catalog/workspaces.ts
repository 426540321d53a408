import { error, warning } from './entry.ts';

/** WO23xx: workspaces and what they share. */
export const workspaces = {
  WO2301: error('Clusters by label', ({ labels }: { labels: string }) => ({
    message: `the cluster is selected by the labels ${labels}, and no cluster's labels are known here`,
    hint: 'write the name of the cluster, or * for every cluster',
  })),
  WO2302: error('A workspace without the namespaces it asks for', ({ wanted }: { wanted: string }) => ({
    message: `${wanted} chooses none of the namespaces that are known`,
    hint: 'add the Namespace objects to the list, or their names to spec.namespaces in EgressConfig',
  })),
  WO2303: error(
    'One namespace in two workspaces',
    ({ namespace, workspace }: { namespace: string; workspace: string }) => ({
      message: `namespace ${namespace} is already in workspace ${workspace}`,
      hint: 'a namespace belongs to one workspace: remove it from one of them',
    }),
  ),
  WO2304: error('Two settings for one workspace', ({ workspace }: { workspace: string }) => ({
    message: `workspace ${workspace} already has WorkspaceSettings`,
    hint: 'keep one of them',
  })),
  WO2305: warning('Settings of no workspace', ({ namespace }: { namespace: string }) => ({
    message: `the settings lie in namespace ${namespace}, which is in no workspace: they change nothing`,
    hint: 'add the Workspace to the list, or to spec.workspaces in EgressConfig',
  })),
  WO2306: warning('A service in no workspace', ({ namespace }: { namespace: string }) => ({
    message: `namespace ${namespace} is in no workspace: only it, and what visibility adds, may call the service`,
    hint: 'add the namespace to a Workspace',
  })),
  WO2307: warning(
    'A namespace whose configuration is switched off',
    ({ object, workspace }: { object: string; workspace: string }) => ({
      message: `workspace ${workspace} sets configEnabled: false for the namespace of ${object}: it is not rendered`,
      hint: 'set configEnabled: true for the namespace and its cluster',
    }),
  ),
  WO2308: warning('A workspace that is not there', ({ workspace }: { workspace: string }) => ({
    message: `no workspace is called "${workspace}": nothing is shared with it`,
    hint: 'check the spelling, or add the Workspace of another repository to spec.workspaces in EgressConfig',
  })),
  WO2309: warning('Options that are not translated', ({ options }: { options: string }) => ({
    message: `${options} is not about external services, and wayout does not translate it`,
    hint: 'without a Gloo control plane nothing acts on it',
  })),
};
