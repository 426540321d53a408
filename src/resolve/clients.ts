import type { Source } from '../diagnostics/report.ts';
import { at, type Draft, namespaceOf } from '../draft.ts';
import { union } from '../namespaces.ts';
import type { Namespaces } from '../plan.ts';
import { importers } from './sharing.ts';
import { workspaceOf } from './workspaces.ts';

/** The namespaces that may call a service: its workspace's, those of workspaces that import it, and those that EgressConfig adds. */
export function clientsOf(source: Source, draft: Draft): Namespaces {
  const namespace = namespaceOf(source);
  const { name, labels = {} } = source.resource.metadata;
  const key = `${namespace}/${name}`;
  const { visibility } = draft.config;
  const added = Object.hasOwn(visibility, key) ? (visibility[key] ?? []) : [];
  const owner = workspaceOf(namespace, draft);
  if (owner === undefined && draft.workspaces.length > 0)
    draft.report.add('WO2306', at(source, 'metadata'), { namespace });
  const sharing =
    owner === undefined ? [] : [owner, ...importers(owner, { name, namespace, labels }, draft, 'EXTERNAL_SERVICE')];
  return union([[namespace], added.includes('*') ? 'everyone' : added, ...sharing.map(({ namespaces }) => namespaces)]);
}
