import type { Config } from '../config.ts';
import type { Report } from '../diagnostics/report.ts';
import type { ExternalService } from '../plan.ts';
import type { RouteTable } from '../routing.ts';
import type { Witnesses } from '../witnesses.ts';
import type { Workspace } from '../workspace.ts';

/** What a rule looks at: the whole plan, and the objects of the list that are not ours. */
interface Scene {
  readonly services: readonly ExternalService[];
  readonly routeTables: readonly RouteTable[];
  readonly config: Config;
  readonly workspaces: readonly Workspace[];
  readonly witnesses: Witnesses;
  readonly report: Report;
}

/** One check of a plan; it reports, and changes nothing. */
export type Rule = (scene: Scene) => void;
