import type { Report } from '../../diagnostics/report.ts';
import type { Rendered } from '../../render.ts';
import type { Witnesses } from '../../witnesses.ts';
import type { Cluster } from '../cluster.ts';
import type { Mesh } from '../mesh.ts';

/** What a live check looks at: what was rendered, and the cluster it is to go to. */
export interface Scene {
  readonly rendered: Rendered;
  readonly cluster: Cluster;
  readonly observed: Witnesses;
  readonly mesh: Mesh | undefined;
  readonly report: Report;
}

/** One check of a render against a cluster; it reports, and changes nothing there. */
export type Check = (scene: Scene) => Promise<void> | void;
