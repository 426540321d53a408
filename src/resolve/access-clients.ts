import type { Where } from '../diagnostics/report.ts';
import { below, type Draft, type DraftService, namespaceOf } from '../draft.ts';
import { bears, labelText } from '../k8s/labels.ts';
import { isLabel, isSubdomain } from '../k8s/names.ts';
import { qualified } from '../k8s/resource.ts';
import { shared } from '../namespaces.ts';
import type { Client, Namespaces } from '../plan.ts';
import { type ObjectSelector, selectsHere } from './selectors.ts';
import { reachOf } from './sharing.ts';

/** One entry of `allowedClients`. */
export interface AllowedClient {
  readonly serviceAccountSelector?: ObjectSelector;
  readonly externalWorkloadSelector?: object;
  readonly requestIdentityMatcher?: object;
}

/** Who a rule admits to a service; a rule that names nobody means the client namespaces. */
export function clientsFrom(
  allowed: readonly AllowedClient[] | undefined,
  origin: Where,
  service: DraftService,
  draft: Draft,
): readonly Client[] {
  if (allowed === undefined || allowed.length === 0) return [{ namespaces: service.clients }];
  const clients = allowed.flatMap(({ serviceAccountSelector }, index) =>
    serviceAccountSelector === undefined
      ? []
      : selected(
          serviceAccountSelector,
          below(origin, 'allowedClients', index, 'serviceAccountSelector'),
          service,
          draft,
        ),
  );
  reportBlind(clients, service, origin, draft);
  return clients;
}

function selected(selector: ObjectSelector, origin: Where, service: DraftService, draft: Draft): readonly Client[] {
  if (!selectsHere(selector, origin, draft) || !namesAreValid(selector, origin, draft)) return [];
  const { name, namespace, labels = {} } = selector;
  const namespaces = namespacesOf(selector, service, origin, draft);
  if (namespaces.length === 0) {
    draft.report.add('WO2214', origin, { service: qualified(service) });
    return [];
  }
  if (Object.keys(labels).length > 0) return byLabels(selector, namespaces, origin, draft);
  if (name === undefined) return [{ namespaces }];
  if (namespaces === 'everyone') {
    draft.report.add('WO2208', origin, { name });
    return [];
  }
  if (namespace === undefined) draft.report.add('WO2209', origin, { name, namespaces: namespaces.join(', ') });
  return namespaces.map(each => account(each, name, draft));
}

/** Where a selector without a namespace looks: in the client namespaces, of those in the workspaces that the policy's reaches. */
function namespacesOf(
  { namespace, workspace }: ObjectSelector,
  { clients }: DraftService,
  origin: Where,
  draft: Draft,
): Namespaces {
  if (namespace !== undefined) return [namespace];
  const named =
    workspace === undefined ? undefined : draft.workspaces.find(({ name }) => name === workspace)?.namespaces;
  const reach = named ?? (origin.source && reachOf(namespaceOf(origin.source), draft)) ?? 'everyone';
  return clients === 'everyone' && reach === 'everyone' ? 'everyone' : shared(clients, reach);
}

/** Labels of service accounts are known only from the list itself. */
function byLabels(
  { name, labels = {} }: ObjectSelector,
  namespaces: Namespaces,
  origin: Where,
  draft: Draft,
): readonly Client[] {
  const found = draft.witnesses.of('', 'ServiceAccount').filter(({ resource: { metadata } }) => {
    const inside = namespaces === 'everyone' || namespaces.includes(metadata.namespace ?? 'default');
    return inside && (name === undefined || name === metadata.name) && bears(metadata.labels ?? {}, labels);
  });
  if (found.length === 0) draft.report.add('WO2207', origin, { labels: labelText(labels) });
  // A `*` in a witness's name would be a pattern in the principal.
  const named = found.filter(({ resource: { metadata } }) => namesAreValid(metadata, origin, draft));
  return named.map(({ resource: { metadata } }) => account(metadata.namespace ?? 'default', metadata.name, draft));
}

/** `<trustDomain>/ns/<namespace>/sa/<name>`: exact, never a pattern. */
const account = (namespace: string, name: string, { config }: Draft): Client => ({
  principal: `${config.trustDomain}/ns/${namespace}/sa/${name}`,
  namespace,
});

/** Istio reads `*` at either end of a principal as a pattern, and older ones a regular expression. */
function namesAreValid(
  { name, namespace }: Pick<ObjectSelector, 'name' | 'namespace'>,
  origin: Where,
  { report }: Draft,
): boolean {
  const nameIsValid = name === undefined || isSubdomain(name);
  const namespaceIsValid = namespace === undefined || isLabel(namespace);
  if (!nameIsValid) report.add('WO2210', below(origin, 'name'), { value: name, what: 'name of a service account' });
  if (!namespaceIsValid)
    report.add('WO2210', below(origin, 'namespace'), { value: namespace, what: 'name of a namespace' });
  return nameIsValid && namespaceIsValid;
}

/** A client that does not see the service calls past it, or nowhere. */
function reportBlind(clients: readonly Client[], service: DraftService, origin: Where, { report }: Draft): void {
  const named = clients.flatMap(client =>
    'principal' in client ? [client.namespace] : client.namespaces === 'everyone' ? [] : client.namespaces,
  );
  if (service.clients === 'everyone') return;
  for (const namespace of new Set(named)) {
    if (!service.clients.includes(namespace)) {
      report.add('WO2211', origin, { namespace, service: qualified(service) });
    }
  }
}
