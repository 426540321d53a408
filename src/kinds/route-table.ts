import { at } from '../draft.ts';
import { qualified } from '../k8s/resource.ts';
import { placeRoutes } from '../resolve/routing/apart.ts';
import { reportHosts } from '../resolve/routing/names.ts';
import { reportShared } from '../resolve/routing/shared-hosts.ts';
import { readTable } from '../resolve/routing/table.ts';
import { findTable, tablesToOutside } from '../resolve/routing/trees.ts';
import type { Contribution } from './kind.ts';

/** Routes of requests and connections; an input only if it, or one that it delegates to, leads to an external service. */
export const routeTable: Contribution = {
  contribute(source, draft) {
    draft.tables.push(findTable(source));
  },
  finish(draft) {
    const ours = tablesToOutside(draft);
    for (const table of ours) if (table.isRoot) readTable(table, draft);
    for (const table of draft.routeTables) reportHosts(table, draft);
    reportShared(draft);
    placeRoutes(draft);
    for (const table of ours) {
      // One that could not be read may be its root.
      if (draft.used.has(table.source) || draft.incomplete) continue;
      draft.keptToo.add(table.source);
      draft.report.add('WO2520', at(table.source), { table: qualified(table) });
    }
  },
};
