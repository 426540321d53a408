import { accessNeedsPodPort } from './access-needs-pod-port.ts';
import { clientsPassGateway } from './clients-pass-gateway.ts';
import { copiesArrive } from './copies-arrive.ts';
import { copiesNameNobody } from './copies-name-nobody.ts';
import { excludedOutbound } from './excluded-outbound.ts';
import { foreignAddress } from './foreign-address.ts';
import { foreignAllowPolicy } from './foreign-allow-policy.ts';
import { foreignDestinationRule } from './foreign-destination-rule.ts';
import { foreignGatewayServer } from './foreign-gateway-server.ts';
import { foreignNetworkPolicy } from './foreign-network-policy.ts';
import { foreignServiceEntry } from './foreign-service-entry.ts';
import { foreignVirtualService } from './foreign-virtual-service.ts';
import { gatewayDestinationRule } from './gateway-destination-rule.ts';
import { gatewayKnowsNobody } from './gateway-knows-nobody.ts';
import { gatewayNamespaceSeesDirectPorts } from './gateway-namespace-sees-direct-ports.ts';
import { gatewaysSharePods } from './gateways-share-pods.ts';
import { guardLeavesOpen } from './guard-leaves-open.ts';
import { hostIsGateway } from './host-is-gateway.ts';
import { hostIsKubernetesService } from './host-is-kubernetes-service.ts';
import { hostNetwork } from './host-network.ts';
import { injectionOff } from './injection-off.ts';
import { internalName } from './internal-name.ts';
import { kptDeletesSources } from './kpt-deletes-sources.ts';
import { localities } from './localities.ts';
import { nameOfAnotherService } from './name-of-another-service.ts';
import { oneInsideAnother } from './one-inside-another.ts';
import { ownNamespace } from './own-namespace.ts';
import { proxyUser } from './proxy-user.ts';
import { rangeCarriesTcp } from './range-carries-tcp.ts';
import { rewritePassesAccess } from './rewrite-passes-access.ts';
import { routesFitPorts } from './routes-fit-ports.ts';
import type { Rule } from './rule.ts';
import { serverBehindGuard } from './server-behind-guard.ts';
import { serverSpeaksFirst } from './server-speaks-first.ts';
import { sidecarHidesService } from './sidecar-hides-service.ts';
import { tableAccess } from './table-access.ts';
import { tableBehindGuard } from './table-behind-guard.ts';
import { tableHosts } from './table-hosts.ts';
import { tablePolicies } from './table-policies.ts';
import { tableTakesCalls } from './table-takes-calls.ts';
import { tcpWithoutAddress } from './tcp-without-address.ts';
import { tlsInsideTls } from './tls-inside-tls.ts';
import { unallowedServer } from './unallowed-server.ts';
import { unverifiedServer } from './unverified-server.ts';
import { virtualAddressAlone } from './virtual-address-alone.ts';
import { wildcardOpens } from './wildcard-opens.ts';
import { wildcardPassesThrough } from './wildcard-passes-through.ts';

/** Every check of a plan, in the order that leads to the clearest output: what cannot work, then what breaks it, then what may surprise. */
export const rules: readonly Rule[] = [
  tcpWithoutAddress,
  wildcardOpens,
  wildcardPassesThrough,
  hostIsGateway,
  routesFitPorts,
  copiesArrive,
  copiesNameNobody,
  tableHosts,
  tableTakesCalls,
  nameOfAnotherService,
  tablePolicies,
  tableAccess,
  rewritePassesAccess,
  accessNeedsPodPort,
  foreignServiceEntry,
  foreignAddress,
  foreignVirtualService,
  foreignDestinationRule,
  gatewayDestinationRule,
  foreignGatewayServer,
  sidecarHidesService,
  foreignAllowPolicy,
  unallowedServer,
  oneInsideAnother,
  hostIsKubernetesService,
  rangeCarriesTcp,
  localities,
  unverifiedServer,
  tlsInsideTls,
  virtualAddressAlone,
  internalName,
  gatewayKnowsNobody,
  kptDeletesSources,
  serverSpeaksFirst,
  gatewaysSharePods,
  gatewayNamespaceSeesDirectPorts,
  ownNamespace,
  clientsPassGateway,
  guardLeavesOpen,
  hostNetwork,
  proxyUser,
  excludedOutbound,
  injectionOff,
  foreignNetworkPolicy,
  serverBehindGuard,
  tableBehindGuard,
];
