import type { Check } from './check.ts';

/** What EgressConfig says of the mesh must be what the mesh runs with: rules and principals were made from it. */
export const meshAgrees: Check = ({ rendered: { plan }, mesh, report }) => {
  if (mesh === undefined || plan === undefined) return;
  const { config } = plan;
  if (mesh.version !== undefined) report.add('WO5101', undefined, { version: mesh.version });
  if (mesh.trustDomain !== config.trustDomain)
    report.add('WO5102', undefined, { given: config.trustDomain, found: mesh.trustDomain });
  if (mesh.dnsCapture !== config.dnsCapture)
    report.addAs(config.dnsCapture ? 'error' : 'warning', 'WO5103', undefined, {
      given: config.dnsCapture,
      found: mesh.dnsCapture,
    });
  if (mesh.outboundTrafficPolicy !== config.outboundTrafficPolicy)
    report.add('WO5104', undefined, { given: config.outboundTrafficPolicy, found: mesh.outboundTrafficPolicy });
};
