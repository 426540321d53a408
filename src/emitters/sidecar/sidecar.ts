import { gatewaysOf } from '../../plan.ts';
import type { Emitter } from '../emitter.ts';
import { authorizationPolicy } from './authorization-policy.ts';
import { directRules, gatewayRules } from './destination-rules.ts';
import { gateways } from './gateway.ts';
import { hop } from './hop.ts';
import { routeTables } from './route-tables.ts';
import { serviceEntries } from './service-entries.ts';
import { virtualServices } from './virtual-services.ts';

/** Istio with sidecars and a classic egress gateway. */
export const sidecar: Emitter = {
  name: 'sidecar',
  summary:
    'Istio sidecars: ServiceEntry, DestinationRule; behind an egress gateway also Gateway, VirtualService, AuthorizationPolicy',
  emit: service => [
    ...serviceEntries(service),
    ...directRules(service),
    ...virtualServices(service),
    ...gatewaysOf(service).flatMap(through => [
      ...gateways(service, through),
      hop(service, through),
      ...gatewayRules(service, through),
      authorizationPolicy(service, through),
    ]),
  ],
  route: routeTables,
};
