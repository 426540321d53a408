import type { Config } from './config.ts';
import type { Resource } from './k8s/resource.ts';
import { fieldsOf } from './rules/foreign.ts';

/** When Argo CD applies the objects of a kind, and whether it prunes them after all else that a sync does. */
interface Place {
  readonly wave: number;
  readonly prunedLast?: true;
}
type Places = Readonly<Record<string, Place>>;

/** What makes the way ready comes before anybody takes it, and goes once nobody does. */
const ready: Place = { wave: -2, prunedLast: true };
/** What closes all that was open before there was a way comes when the way is whole, and goes first. */
const closing: Place = { wave: 1 };

/**
 * The place of each kind. Argo CD applies waves upwards and prunes them downwards, all in one sync; docs/decisions.md says why this order.
 *
 * Where hosts that nobody declared are open, a ServiceEntry opens nothing, and a route without it leads nowhere: it comes first.
 * Where they are closed, it is what opens them, past the gateway as long as there is no route: the route stands before it and after it.
 */
const always: Places = {
  AuthorizationPolicy: ready,
  DestinationRule: ready,
  Gateway: ready,
  NetworkPolicy: closing,
  Sidecar: closing,
};
const whereOpen: Places = { ...always, ServiceEntry: { wave: -1 }, VirtualService: { wave: 0 } };
const whereClosed: Places = { ...always, VirtualService: { wave: -1, prunedLast: true }, ServiceEntry: { wave: 0 } };

/** An object with its place in a sync, where waves are asked for. */
export function inWave(resource: Resource, { syncWaves, outboundTrafficPolicy, registryOnly }: Config): Resource {
  const { kind, metadata } = resource;
  const isOpen = outboundTrafficPolicy === 'ALLOW_ANY' && registryOnly.length === 0;
  const place = letsIn(resource) ? ready : (isOpen ? whereOpen : whereClosed)[kind];
  if (!syncWaves || place === undefined) return resource;
  const annotations = {
    ...metadata.annotations,
    'argocd.argoproj.io/sync-wave': String(place.wave),
    ...(place.prunedLast && { 'argocd.argoproj.io/sync-options': 'PruneLast=true' }),
  };
  return { ...resource, metadata: { ...metadata, annotations } };
}

/** Whether it is a gateway's NetworkPolicy: where others have closed the gateway already, nobody gets in without it. */
const letsIn = ({ kind, spec }: Resource): boolean => kind === 'NetworkPolicy' && fieldsOf(spec).ingress !== undefined;
