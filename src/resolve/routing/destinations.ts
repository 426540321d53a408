import type { Where } from '../../diagnostics/report.ts';
import { below, type Draft, type DraftService, namespaceOf } from '../../draft.ts';
import { bears, labelText } from '../../k8s/labels.ts';
import { nameFromLabels } from '../../k8s/names.ts';
import { qualified } from '../../k8s/resource.ts';
import type { Port } from '../../plan.ts';
import type { Destination } from '../../routing.ts';
import { mayFit } from '../candidates.ts';
import { ourCluster } from '../clusters.ts';
import { meshService, subsetOfHost } from '../mesh-service.ts';
import { sees } from '../sharing.ts';
import { workspaceOf } from '../workspaces.ts';
import type { DestinationSpec } from './spec.ts';
import { weightsOf } from './weights.ts';

/** The destinations of a route, each with its share; undefined once a mistake in one was reported. */
export function readDestinations(
  specs: readonly DestinationSpec[] | undefined,
  fallback: DestinationSpec | undefined,
  origin: Where,
  draft: Draft,
): readonly Destination[] | undefined {
  const given = specs ?? [];
  const root = { ...origin, field: ['spec', 'defaultDestination'] };
  const [list, place] =
    given.length === 0 && fallback !== undefined
      ? [[fallback], () => root]
      : [given, (index: number) => below(origin, 'destinations', index)];
  if (list.length === 0) {
    draft.report.add('WO2513', origin, {});
    return undefined;
  }
  const weights = weightsOf(list, origin, draft);
  const read = list.map((spec, index) => readDestination(spec, weights?.[index] ?? 0, place(index), draft));
  const whole = read.filter(destination => destination !== undefined);
  return weights === undefined || whole.length < read.length ? undefined : whole;
}

function readDestination(spec: DestinationSpec, weight: number, origin: Where, draft: Draft): Destination | undefined {
  const { ref, kind = 'SERVICE', awsLambda, port, subset = {} } = spec;
  const refuse = (problem: string): undefined => void draft.report.add('WO2505', origin, { problem });
  if (awsLambda !== undefined) return refuse('a function of AWS Lambda is reached through Gloo alone');
  if (kind === 'VIRTUAL_DESTINATION') return refuse('a VirtualDestination is known to Gloo alone');
  if (ref?.name === undefined) return refuse('ref.name is missing');
  if (ref.cluster !== undefined && !ourCluster(ref.cluster, below(origin, 'ref', 'cluster'), draft, 'reference'))
    return undefined;
  const { name, namespace = origin.source === undefined ? 'default' : namespaceOf(origin.source) } = ref;
  if (kind === 'EXTERNAL_SERVICE') return outside({ name, namespace, port, subset }, weight, origin, draft);
  const found = meshService(name, namespace, port, draft);
  if ('problem' in found) return refuse(found.problem);
  if (Object.keys(subset).length === 0) return { origin, weight, ...found };
  const known = subsetOfHost(found.host, subset, draft);
  if (known !== undefined) return { origin, weight, ...found, subset: known };
  draft.report.add('WO2530', below(origin, 'subset'), {
    labels: subset,
    host: found.host,
    name: nameFromLabels(subset),
  });
  return undefined;
}

interface Wanted {
  readonly name: string;
  readonly namespace: string;
  readonly port: DestinationSpec['port'];
  readonly subset: Readonly<Record<string, string>>;
}

function outside(wanted: Wanted, weight: number, origin: Where, draft: Draft): Destination | undefined {
  const { name, namespace } = wanted;
  const id = `${namespace}/${name}`;
  const service = mayFit(draft.services, { name, namespace }).find(
    each => each.name === name && each.namespace === namespace,
  );
  if (service === undefined) {
    // One that could not be read may be the one that is meant.
    if (!draft.incomplete) draft.report.add('WO2501', below(origin, 'ref'), { service: id });
    return undefined;
  }
  if (!mayReach(service, origin, draft)) {
    draft.report.add('WO2503', below(origin, 'ref'), { service: id }, [
      { words: 'the service stands at', where: service.origin },
    ]);
    return undefined;
  }
  const port = portOf(service, wanted, origin, draft);
  if (port === undefined) return undefined;
  if (Object.keys(wanted.subset).length === 0) return { origin, weight, service, port };
  const subset = subsetOf(service, port, wanted.subset, below(origin, 'subset'), draft);
  return subset === undefined ? undefined : { origin, weight, service, port, subset };
}

/** The name of the endpoints that bear some labels, known to the service from now on. */
function subsetOf(
  service: DraftService,
  port: Port,
  labels: Wanted['subset'],
  origin: Where,
  draft: Draft,
): string | undefined {
  if (!service.endpoints.some(endpoint => bears(endpoint.labels, labels))) {
    draft.report.add('WO2529', origin, { labels: labelText(labels), service: qualified(service) }, [
      { words: 'the service stands at', where: service.origin },
    ]);
    return undefined;
  }
  const name = nameFromLabels(labels);
  if (!service.subsets.some(each => each.name === name && each.port === port))
    service.subsets.push({ name, labels, port });
  return name;
}

/** Without workspaces a reference says enough; with them, the table's must see the service. */
function mayReach(service: DraftService, { source }: Where, draft: Draft): boolean {
  const namespace = source === undefined ? 'default' : namespaceOf(source);
  const apart = workspaceOf(namespace, draft) === undefined && workspaceOf(service.namespace, draft) === undefined;
  return apart || sees(namespace, service, draft);
}

/** `number` is the service's own; clients may dial another one. */
function portOf(
  service: DraftService,
  { port, name, namespace }: Wanted,
  origin: Where,
  draft: Draft,
): Port | undefined {
  const asked = port?.number ?? port?.name;
  const fits = (each: Port) => asked === undefined || asked === (port?.number === undefined ? each.name : each.number);
  const [found, second] = service.ports.filter(fits);
  if (found !== undefined && second === undefined) return found;
  if (!draft.incomplete) {
    const ports = service.ports.map(each => `${each.name} ${each.number}`).join(', ');
    const wanted = asked === undefined ? undefined : String(asked);
    draft.report.add('WO2502', below(origin, 'port'), { service: `${namespace}/${name}`, ports, wanted }, [
      { words: 'the service stands at', where: service.origin },
    ]);
  }
  return undefined;
}
