import type { Rule } from './rule.ts';

/** Endpoints in several localities: what is added so that they fail over, and which of them has none. */
export const localities: Rule = ({ services, report }) => {
  for (const { origin, endpoints, ports } of services) {
    const known = [...new Set(endpoints.flatMap(({ locality }) => locality ?? []))].sort();
    const without = endpoints.filter(({ locality }) => locality === undefined);
    if (known.length > 0 && without.length > 0) {
      const names = without.map(({ name }) => `ExternalEndpoint ${name}`).join(', ');
      report.add('WO3008', without[0]?.origin, { without: names }, [{ words: 'the service stands at', where: origin }]);
    }
    const several = known.length > 1 || (known.length === 1 && without.length > 0);
    if (several && ports.some(({ traffic }) => traffic.ejection === undefined)) {
      report.add('WO3009', origin, { localities: known.join(', ') });
    }
  }
};
