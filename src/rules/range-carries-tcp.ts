import { isOpaque } from '../plan.ts';
import type { Rule } from './rule.ts';

/** A proxy that reads requests sends them by their Host header, to any address: so a range carries TCP alone. */
export const rangeCarriesTcp: Rule = ({ services, report }) => {
  for (const { hosts, ports } of services) {
    for (const host of hosts.filter(({ kind }) => kind === 'range')) {
      for (const port of ports.filter(({ protocol }) => !isOpaque(protocol))) {
        report.add(
          'WO3016',
          host.origin,
          { address: host.address ?? host.name, port: port.name, protocol: port.protocol },
          [{ words: 'the port stands at', where: port.origin }],
        );
      }
    }
  }
};
