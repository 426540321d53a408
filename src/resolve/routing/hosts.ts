import type { Source } from '../../diagnostics/report.ts';
import { at, type Draft, type DraftService } from '../../draft.ts';
import { indexed } from '../../grouped.ts';
import { canonicalHost, hostForm } from '../../hosts.ts';
import { qualified } from '../../k8s/resource.ts';
import { shared } from '../../namespaces.ts';
import type { Namespaces } from '../../plan.ts';
import type { TableHost } from '../../routing.ts';
import { workspaceOf } from '../workspaces.ts';

/** The hosts of a table, each once; `clients` are those of its mesh side. */
export function readTableHosts(
  source: Source,
  hosts: readonly string[],
  clients: Namespaces | undefined,
  namespace: string,
  draft: Draft,
): readonly TableHost[] {
  const found = hosts.flatMap((text, index): readonly TableHost[] => {
    const origin = at(source, 'spec', 'hosts', index);
    const name = canonicalHost(text);
    const form = hostForm(name);
    if (!(form === 'name' || form === 'wildcard' || (name === '*' && clients === undefined))) {
      draft.report.add('WO2516', origin, { host: text, mesh: clients !== undefined });
      return [];
    }
    const service = clients === undefined ? undefined : ownerOf(name, clients, draft);
    if (service === undefined) return [{ origin, name }];
    if (workspaceOf(service.namespace, draft) === workspaceOf(namespace, draft) && isNear(service, namespace, draft))
      return [{ origin, name, service }];
    draft.report.add('WO2517', origin, { host: name, service: qualified(service) }, [
      { words: 'the service stands at', where: service.origin },
    ]);
    return [];
  });
  return found.filter(({ name }, index) => found.findIndex(other => other.name === name) === index);
}

/** The external service that a client would find behind a host. */
const ownerOf = (host: string, clients: Namespaces, draft: Draft): DraftService | undefined =>
  byHost(draft.services)
    .get(host)
    ?.find(service => shared(service.clients, clients).length > 0);

const byHost = indexed(({ hosts }: DraftService) => new Set(hosts.map(({ name }) => name)));

/** Without workspaces, what a namespace says holds for its own services alone. */
const isNear = (service: DraftService, namespace: string, draft: Draft): boolean =>
  workspaceOf(namespace, draft) !== undefined || service.namespace === namespace;
