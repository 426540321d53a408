import type { SchemaName } from '#schemas';
import type { Severity } from '../diagnostics/catalog.ts';
import type { Path, Source, Where } from '../diagnostics/report.ts';
import { at, type Draft, type DraftPort, type DraftService, namespaceOf } from '../draft.ts';
import { qualified } from '../k8s/resource.ts';
import { isHttp } from '../plan.ts';
import { choicesOf, isInput, mayMeanOurs, type RouteChoice, targets } from '../resolve/destinations.ts';
import { type SelectedRoute, selectedRoutes } from '../resolve/routing/selected.ts';
import { workspaceOf } from '../resolve/workspaces.ts';
import type { HttpRoute } from '../routing.ts';
import { readSpec } from '../schemas.ts';
import type { Traffic } from '../traffic.ts';
import { leadsTo } from '../ways.ts';
import type { Contribution } from './kind.ts';

/** A place where a policy meets a port. */
export interface Meeting {
  readonly service: DraftService;
  readonly port: DraftPort;
  /** The entry of the policy that selects the port. */
  readonly origin: Where;
}

/** A place where a policy meets a route of a table. */
interface RouteMeeting extends SelectedRoute {
  /** The entry of the policy that selects the route. */
  readonly origin: Where;
}

/** A kind of policy whose config becomes one part of a port's traffic. */
interface TrafficPolicy<Config, Name extends keyof Traffic> {
  readonly schema: SchemaName;
  readonly part: Name;
  /** What the config says, in the plan's words; undefined for one that says nothing or was reported. */
  read(config: Config, origin: Where, draft: Draft): NonNullable<Traffic[Name]> | undefined;
  /** The fields that only a proxy which reads requests can serve. */
  requestFields(part: NonNullable<Traffic[Name]>): readonly string[];
  /** Whether a port can be served; why not was reported. */
  serves?(part: NonNullable<Traffic[Name]>, meeting: Meeting, draft: Draft): boolean;
  /** Whether a route of a table can be served; why not was reported. */
  servesRoute?(part: NonNullable<Traffic[Name]>, meeting: RouteMeeting, draft: Draft): boolean;
  /** What two policies say together; undefined, or absent, where they clash. */
  united?(
    first: NonNullable<Traffic[Name]>,
    second: NonNullable<Traffic[Name]>,
  ): NonNullable<Traffic[Name]> | undefined;
}

/** A policy that passes untouched unless it selects external services; each of their ports that it means gets its part. */
export const trafficPolicy = <Config extends object, Name extends keyof Traffic>(
  policy: TrafficPolicy<Config, Name>,
): Contribution => ({
  contribute(source, draft) {
    const meetings = meetingsOf<{ readonly config?: Config }>(source, policy.schema, draft);
    if (meetings === undefined) return;
    const origin = at(source, 'spec', 'config');
    const part = policy.read(meetings.spec.config ?? ({} as Config), origin, draft);
    if (part === undefined) return;
    const add = (traffic: Traffic, later: (first: Where) => void) => {
      const first = traffic[policy.part];
      const whole = first === undefined ? part : policy.united?.(first, part);
      if (whole !== undefined) Object.assign(traffic, { [policy.part]: whole });
      else if (first !== undefined) later(first.origin);
    };
    for (const meeting of meetings.at) {
      if (!readsRequests(policy.requestFields(part), meeting, draft)) continue;
      if (policy.serves?.(part, meeting, draft) === false) continue;
      add(meeting.port.traffic, first => reportLater(meeting, first, draft));
    }
    for (const meeting of meetings.routes) {
      if (policy.servesRoute?.(part, meeting, draft) === false) continue;
      add(meeting.route.traffic, first => reportLaterRoute(meeting, first, draft));
    }
  },
});

/** The spec of a policy and every port that it selects; undefined for one that is not about external services, or was reported. */
export function meetingsOf<Spec>(
  source: Source,
  schema: SchemaName,
  draft: Draft,
  unaimed: 'WO2404' | 'WO2212' = 'WO2404',
): Meetings<Spec> | undefined {
  const choices = choicesOf(source, draft);
  if (choices.none && mayMeanOurs(source, draft)) {
    draft.keptToo.add(source);
    if (unaimed === 'WO2212') draft.report.add(unaimed, at(source, 'spec'), {});
    else draft.report.add(unaimed, at(source, 'spec'), { kind: source.resource.kind });
  }
  for (const { origin } of choices.narrowed) {
    draft.used.add(source);
    draft.report.add('WO2542', origin, { kind: source.resource.kind });
  }
  if (!isInput(source, choices, draft)) return undefined;
  // A setting of a policy that guards is not left out: it may be what verifies the other side.
  const spec = readSpec<Spec>(source, schema, draft, unaimed === 'WO2404' ? { ignores: isSetting } : {});
  if (spec === undefined) return undefined;
  const meetings = choices.ours.flatMap(choice =>
    targets(source, choice, draft).flatMap(({ service, ports }) =>
      ports.map((port): Meeting => ({ service, port, origin: choice.origin })),
    ),
  );
  const strangers = new Set(meetings.map(({ service }) => service).filter(service => !isOwn(source, service, draft)));
  for (const stranger of strangers) reportStranger(source, stranger, unaimed === 'WO2212' ? 'error' : 'warning', draft);
  // A port that two entries select is met once.
  const met = new Set<DraftPort>();
  const once = meetings.filter(({ port }) => met.size < met.add(port).size);
  return {
    spec,
    at: once.filter(({ service }) => !strangers.has(service)),
    routes: routesOf(source, choices.routes, draft),
  };
}

/** The spec of a policy, and everything that it selects. */
interface Meetings<Spec> {
  readonly spec: Spec;
  readonly at: readonly Meeting[];
  readonly routes: readonly RouteMeeting[];
}

/** A route that two entries select is met once. */
function routesOf(source: Source, choices: readonly RouteChoice[], draft: Draft): readonly RouteMeeting[] {
  const met = new Set<HttpRoute>();
  return choices
    .flatMap(({ selector, origin }) => selectedRoutes(selector, source, draft).map(found => ({ ...found, origin })))
    .filter(({ route }) => met.size < met.add(route).size);
}

/** Whether a policy may speak for all who call a service: it lies in the service's workspace. */
const isOwn = (source: Source, { namespace }: DraftService, draft: Draft): boolean =>
  workspaceOf(namespace, draft) === workspaceOf(namespaceOf(source), draft);

/** There is one rule for a host: a policy of a workspace that imports a service would act on everybody's calls. */
function reportStranger(source: Source, { namespace, name }: DraftService, severity: Severity, draft: Draft): void {
  const args = { service: `${namespace}/${name}`, workspace: workspaceOf(namespace, draft)?.name ?? '' };
  draft.report.addAs(severity, 'WO2417', at(source), args);
}

/** A misspelt setting is left out; a misspelt selector would select too much. */
const isSetting = ([, field]: Path): boolean => !String(field).startsWith('applyTo');

/** Of two policies for one port the first in the list holds: in Git nothing tells which is older. */
export function reportLater({ service, port, origin }: Meeting, first: Where, { report }: Draft): void {
  const kind = origin.source?.resource.kind ?? '';
  report.add('WO2402', origin, { kind, port: port.name, service: qualified(service) }, [
    { words: 'the first stands at', where: first },
  ]);
}

function reportLaterRoute({ table, origin }: RouteMeeting, first: Where, { report }: Draft): void {
  const kind = origin.source?.resource.kind ?? '';
  report.add('WO2531', origin, { kind, table: qualified(table) }, [{ words: 'the first stands at', where: first }]);
}

/** Whether a proxy reads the requests of a port, or nothing that was asked needs it; reported if not. */
function readsRequests(
  fields: readonly string[],
  { service, port, origin }: Meeting,
  { report, routeTables }: Draft,
): boolean {
  const isRange = service.hosts.some(({ kind }) => kind === 'range');
  if (fields.length === 0 || (isHttp(port.client.protocol) && !isRange)) return true;
  // What a table sends to a port that is TLS outside, its proxies have read.
  if (routeTables.some(({ http }) => http.some(route => leadsTo(route, port)))) return true;
  report.add(
    'WO2403',
    origin,
    {
      fields: fields.join(', '),
      service: qualified(service),
      port: port.name,
      protocol: isRange ? 'a range of addresses, which carries TCP alone' : port.protocol,
    },
    [{ words: 'the port stands at', where: port.origin }],
  );
  return false;
}
