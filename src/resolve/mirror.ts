import type { Source, Where } from '../diagnostics/report.ts';
import { below, type Draft, namespaceOf } from '../draft.ts';
import { qualified } from '../k8s/resource.ts';
import { type ExternalService, isHttp, type Namespaces, type Port, visibleTo } from '../plan.ts';
import type { Mirror } from '../traffic.ts';
import { mayFit } from './candidates.ts';
import { ourCluster } from './clusters.ts';
import { meshService } from './mesh-service.ts';

/** Gloo's DestinationReference. */
export interface MirrorDestination {
  readonly ref?: { readonly name?: string; readonly namespace?: string; readonly cluster?: string };
  readonly kind?: 'SERVICE' | 'VIRTUAL_DESTINATION' | 'EXTERNAL_SERVICE';
  readonly port?: { readonly number?: number; readonly name?: string };
  readonly awsLambda?: object;
  readonly subset?: Readonly<Record<string, string>>;
  readonly weight?: number;
}

type Target = Pick<Mirror, 'host' | 'port' | 'into'>;

/** The host that a reference names; what cannot take a copy is reported. */
export function mirrorTarget(
  { ref, kind = 'SERVICE', port, awsLambda, subset }: MirrorDestination,
  origin: Where,
  source: Source,
  draft: Draft,
): Target | undefined {
  const refuse = (problem: string): undefined => void draft.report.add('WO2416', origin, { problem });
  if (awsLambda !== undefined) return refuse('a function of AWS Lambda is reached through Gloo alone');
  if (kind === 'VIRTUAL_DESTINATION') return refuse('a VirtualDestination is known to Gloo alone');
  if (ref?.name === undefined) return refuse('config.destination.ref.name is missing');
  if (subset !== undefined && Object.keys(subset).length > 0) return refuse('a subset has no host of its own');
  if (ref.cluster !== undefined && !ourCluster(ref.cluster, below(origin, 'ref', 'cluster'), draft, 'reference'))
    return undefined;
  const { name, namespace = namespaceOf(source) } = ref;
  if (kind === 'SERVICE') {
    const found = meshService(name, namespace, port, draft);
    return 'problem' in found ? refuse(found.problem) : found;
  }
  const service = mayFit(draft.services, { name, namespace }).find(
    each => each.name === name && each.namespace === namespace,
  );
  if (service === undefined) return refuse(`ExternalService ${namespace}/${name} is not in the list`);
  const [found, other] = service.ports.filter(each => port === undefined || isNamed(port, each));
  const host = service.hosts.find(each => each.kind === 'name');
  if (host === undefined) return refuse(`ExternalService ${namespace}/${name} has no plain host`);
  if (found === undefined || other !== undefined)
    return refuse(`ExternalService ${namespace}/${name} has ${other === undefined ? 'no such port' : 'several ports'}`);
  if (!isHttp(found.client.protocol))
    return refuse(`port "${found.name}" of ExternalService ${namespace}/${name} takes no requests`);
  return { host: host.name, port: found.client.number, into: { service, port: found } };
}

const isNamed = (
  wanted: NonNullable<MirrorDestination['port']>,
  { number, name }: { number: unknown; name: unknown },
) => (wanted.number === undefined ? name === wanted.name : number === wanted.number);

/** Why the proxies that send a port's calls on cannot send copies to a target; undefined if they can. */
export function mirrorProblem(
  { into }: Mirror,
  { clients }: Pick<ExternalService, 'clients'>,
  { routes }: Pick<Port, 'routes'>,
): string | undefined {
  if (into === undefined) return undefined;
  const { service: target, port } = into;
  const id = `ExternalService ${qualified(target)}`;
  const passes = routes.length > 0 && routes.every(({ gateway }) => port.routes.some(way => way.gateway === gateway));
  if (port.routes.length > 0 && !passes) return `${id} goes through a gateway of its own, and a copy would go past it`;
  const senders: Namespaces = routes.length === 0 ? clients : routes.map(({ gateway }) => gateway.workloadNamespace);
  return isSeen(senders, visibleTo(target)) ? undefined : `${id} is not seen where the copies are made`;
}

const isSeen = (senders: Namespaces, seenBy: Namespaces): boolean =>
  seenBy === 'everyone' || (senders !== 'everyone' && senders.every(namespace => seenBy.includes(namespace)));
