import { qualified } from '../k8s/resource.ts';
import type { Rule } from './rule.ts';

/** Without workspaces and where nothing widens it, a service is for its own namespace: said once, with the line that would widen it. */
export const ownNamespace: Rule = ({ services, workspaces, report }) => {
  if (workspaces.length > 0) return;
  const narrow = services.filter(
    ({ clients, namespace }) => clients !== 'everyone' && clients.every(client => client === namespace),
  );
  const [first] = narrow;
  if (first !== undefined)
    report.add('WO3022', first.origin, { services: narrow.map(qualified), first: qualified(first) });
};
