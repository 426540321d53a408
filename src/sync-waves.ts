import type { Config } from './config.ts';
import type { Resource } from './k8s/resource.ts';

/** The first wave makes the way ready where nobody takes it yet; the last closes what was open before there was one. */
const first = -2;
const last = 1;

/**
 * The wave of each kind. Argo CD applies them upwards and removes them downwards; docs/decisions.md says why this order.
 *
 * Where hosts that nobody declared are open, a ServiceEntry opens nothing, and a route without it leads nowhere: it comes first.
 * Where they are closed, it is what opens them, past the gateway as long as there is no route: it comes last.
 */
const always: Readonly<Record<string, number>> = {
  AuthorizationPolicy: first,
  DestinationRule: first,
  Gateway: first,
  NetworkPolicy: last,
  Sidecar: last,
};
const whereOpen: Readonly<Record<string, number>> = { ...always, ServiceEntry: -1, VirtualService: 0 };
const whereClosed: Readonly<Record<string, number>> = { ...always, VirtualService: -1, ServiceEntry: 0 };

/** An object with its wave, where waves are asked for. */
export function inWave(resource: Resource, { syncWaves, outboundTrafficPolicy, registryOnly }: Config): Resource {
  const { kind, metadata } = resource;
  const isOpen = outboundTrafficPolicy === 'ALLOW_ANY' && registryOnly.length === 0;
  const wave = (isOpen ? whereOpen : whereClosed)[kind];
  if (!syncWaves || wave === undefined) return resource;
  const annotations = { ...metadata.annotations, 'argocd.argoproj.io/sync-wave': String(wave) };
  return { ...resource, metadata: { ...metadata, annotations } };
}
