import type { Asked, AskedPort } from './asked.ts';
import { isRead } from './asked.ts';
import { bears, type Sharing, type Written } from './sharing.ts';

/** What traffic policies do to the calls of a port, as far as istiod's simulation shows it. */
export interface Traffic {
  readonly attempts?: number;
  readonly aborts?: boolean;
  readonly mirrors?: readonly string[];
  /** From one region to one other. */
  readonly failover?: { readonly from: string; readonly to: string };
}

interface Form {
  readonly group: 'resilience' | 'trafficcontrol' | 'security';
  readonly rest: object;
  /** Which ports it can serve, where that is not every one. */
  readonly serves?: (service: Asked, port: AskedPort) => boolean;
  /** How it says what it applies to, if not by routes. */
  readonly field?: 'applyToDestinations' | 'applyToRouteDestinations';
}

const reads = ({ addresses }: Asked, port: AskedPort): boolean =>
  isRead(port) && !addresses.some(address => address.includes('/'));
const shadow = { kind: 'EXTERNAL_SERVICE', ref: { name: 'shadow', namespace: 'zoo' } };

/** Each kind of traffic policy with one thing that it may say. */
export const forms: Readonly<Record<string, Form>> = {
  ConnectionPolicy: {
    group: 'resilience',
    field: 'applyToDestinations',
    rest: { config: { tcp: { maxConnections: 7 } } },
  },
  OutlierDetectionPolicy: {
    group: 'resilience',
    field: 'applyToDestinations',
    rest: { config: { consecutiveErrors: 7 } },
  },
  LoadBalancerPolicy: {
    group: 'trafficcontrol',
    field: 'applyToDestinations',
    rest: { config: { simple: 'ROUND_ROBIN' } },
  },
  FailoverPolicy: {
    group: 'resilience',
    field: 'applyToDestinations',
    rest: { config: { localityMappings: [{ from: { region: 'eu-west' }, to: [{ region: 'us-east' }] }] } },
  },
  ClientTLSPolicy: {
    group: 'security',
    field: 'applyToDestinations',
    rest: { simple: { config: { sni: 'policy.example.net' } } },
    serves: (service, port) => reads(service, port) && port.protocol !== 'HTTPS' && port.clientsideTls === undefined,
  },
  RetryTimeoutPolicy: { group: 'resilience', rest: { config: { retries: { attempts: 4 } } }, serves: reads },
  FaultInjectionPolicy: { group: 'resilience', rest: { config: { abort: { httpStatus: 418 } } }, serves: reads },
  HeaderManipulationPolicy: {
    group: 'trafficcontrol',
    field: 'applyToRouteDestinations',
    rest: { config: { removeRequestHeaders: ['x-seven'] } },
    serves: reads,
  },
  CORSPolicy: {
    group: 'security',
    rest: { config: { allowOrigins: [{ exact: 'https://seven.example' }] } },
    serves: reads,
  },
  MirrorPolicy: {
    group: 'trafficcontrol',
    rest: { config: { destination: shadow } },
    serves: (service, port) => reads(service, port) && service.name !== 'shadow',
  },
};

/** What a policy of a list selects. */
interface Selection {
  readonly selector: {
    readonly name?: string;
    readonly namespace?: string;
    readonly workspace?: string;
    readonly labels?: Readonly<Record<string, string>>;
  };
  readonly port?: { readonly number: number };
}

const selectionsOf = ({ spec }: Written): readonly Selection[] => [
  ...(spec.applyToDestinations ?? []),
  ...(spec.applyToRoutes ?? []).map(({ withDestinations }: Written) => withDestinations),
  ...(spec.applyToRouteDestinations ?? []).flatMap(({ onDestinations }: Written) => onDestinations),
];

/** How a policy of a namespace stands to a port: it acts on it, may only see it, or does not select it. */
function standing(policy: Written, service: Asked, port: AskedPort, sharing: Sharing): 'acts' | 'sees' | undefined {
  const { namespace } = policy.metadata;
  const [own, owner] = [sharing.ownerOf(namespace), sharing.ownerOf(service.namespace)];
  const isSelected = selectionsOf(policy).some(({ selector, port: wanted }) => {
    const fits =
      (selector.name ?? service.name) === service.name &&
      bears(service.labels, selector.labels ?? {}) &&
      (wanted === undefined || wanted.number === port.number);
    if (own === undefined) return fits && service.namespace === (selector.namespace ?? namespace);
    const isSeen =
      owner === undefined
        ? namespace === service.namespace
        : owner === own || sharing.importersOf(owner, service).includes(own);
    return (
      fits &&
      isSeen &&
      (selector.namespace ?? service.namespace) === service.namespace &&
      (selector.workspace ?? owner) === owner
    );
  });
  if (!isSelected) return undefined;
  return own === owner ? 'acts' : 'sees';
}

/** Whether a policy selects something, and whatever it acts on can be served: anything else is an error. */
export function renders(policy: Written, services: readonly Asked[], sharing: Sharing): boolean {
  const met = services.flatMap(service =>
    service.ports.map(port => ({ service, port, as: standing(policy, service, port, sharing) })),
  );
  const serves = forms[policy.kind]?.serves ?? (() => true);
  return (
    met.some(({ as }) => as !== undefined) &&
    met.every(({ service, port, as }) => as !== 'acts' || serves(service, port)) &&
    (policy.kind !== 'ClientTLSPolicy' || met.every(({ as }) => as !== 'sees')) &&
    (policy.kind !== 'MirrorPolicy' || services.some(({ name }) => name === 'shadow'))
  );
}

/** A port with what the policies of the list say of it; of two of one kind the first holds. */
export function governed(service: Asked, port: AskedPort, documents: readonly Written[], sharing: Sharing): AskedPort {
  const acting = new Set(
    documents
      .filter(({ kind }) => kind in forms)
      .filter(each => standing(each, service, port, sharing) === 'acts')
      .map(({ kind }) => kind),
  );
  const localities = new Set(service.endpoints.map(({ locality }) => locality.join('/')).filter(text => text !== '//'));
  return {
    ...port,
    ...(acting.has('ClientTLSPolicy') && { clientsideTls: { sni: 'policy.example.net' } }),
    traffic: {
      ...(acting.has('RetryTimeoutPolicy') && { attempts: 5 }),
      ...(acting.has('FaultInjectionPolicy') && { aborts: true }),
      ...(acting.has('MirrorPolicy') && { mirrors: ['shadow.mirror.example:80'] }),
      ...(acting.has('FailoverPolicy') && localities.size > 1 && { failover: { from: 'eu-west', to: 'us-east' } }),
    },
  };
}
