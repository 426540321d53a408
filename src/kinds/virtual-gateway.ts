import { namespaceOf } from '../draft.ts';
import type { Kind } from './kind.ts';

/** A gateway; it is an input only if an external service uses it, and stays untouched otherwise. */
export const virtualGateway: Kind = {
  apiVersion: 'networking.gloo.solo.io/v2',
  kind: 'VirtualGateway',
  contribute(input, draft) {
    draft.virtualGateways.set(`${namespaceOf(input)}/${input.resource.metadata.name}`, input);
  },
};
