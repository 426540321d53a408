import type { Resource } from '../../k8s/resource.ts';
import type { Closed } from '../../plan.ts';
import { sourceId } from '../../read.ts';
import { marks } from './identity.ts';

/** What makes the sidecars of a namespace refuse hosts that nobody declared; it imports all that they see without it, so that no call of the mesh breaks. */
export const registryOnly = ({ namespace, from }: Closed): Resource => ({
  apiVersion: 'networking.istio.io/v1',
  kind: 'Sidecar',
  metadata: { name: 'registry-only', namespace, ...marks(sourceId(from.resource)) },
  spec: {
    egress: [{ hosts: ['*/*'] }],
    outboundTrafficPolicy: { mode: 'REGISTRY_ONLY' },
  },
});
