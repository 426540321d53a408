import { qualified } from '../k8s/resource.ts';
import { isOpaque } from '../plan.ts';
import type { Rule } from './rule.ts';

/** On TCP a gateway asks who calls once the client has sent its first byte; a server that speaks first is heard before. */
export const serverSpeaksFirst: Rule = ({ services, report }) => {
  for (const service of services) {
    for (const port of service.ports.filter(({ client }) => isOpaque(client.protocol))) {
      const restricting = service.access.find(({ ports }) => ports.includes(port.number));
      if (restricting === undefined) continue;
      report.add('WO3026', port.origin, { service: qualified(service), port: port.name }, [
        { words: 'the policy stands at', where: restricting.origin },
      ]);
    }
  }
};
