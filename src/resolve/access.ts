import { readAddress } from '../addresses.ts';
import type { Source, Where } from '../diagnostics/report.ts';
import { at, below, type Draft, type DraftService } from '../draft.ts';
import type { Access, Port } from '../plan.ts';
import { type AllowedClient, clientsFrom } from './access-clients.ts';

/** `config` of an AccessPolicy. */
export interface AccessConfig {
  readonly authn?: object;
  readonly authz?: AccessRule;
  readonly authzList?: readonly AccessRule[];
  readonly enforcementLayers?: { readonly mesh?: boolean; readonly cni?: boolean };
}

/** One rule of an AccessPolicy as written. */
interface AccessRule {
  readonly allowedClients?: readonly AllowedClient[];
  readonly allowedPaths?: readonly string[];
  readonly allowedMethods?: readonly string[];
  readonly allowedIpBlocks?: readonly string[];
  readonly allowedRemoteIpBlocks?: readonly string[];
  readonly match?: { readonly request?: { readonly headers?: Readonly<Record<string, HeaderValues>> } };
  readonly dryRun?: boolean;
}

interface HeaderValues {
  readonly values?: readonly string[];
  readonly notValues?: readonly string[];
}

/** A rule and the place where it is written. */
interface PlacedRule {
  readonly rule: AccessRule;
  readonly origin: Where;
}

/** The rules of a policy that say anything; an empty one is reported, not rendered. */
export const rulesOf = (source: Source, config: AccessConfig): readonly PlacedRule[] =>
  allRules(source, config).filter(({ rule }) => Object.keys(rule).length > 0);

/** The rules of a policy, from `authz` or `authzList`. */
const allRules = (source: Source, { authz, authzList = [] }: AccessConfig): readonly PlacedRule[] => [
  ...(authz === undefined ? [] : [{ rule: authz, origin: at(source, 'spec', 'config', 'authz') }]),
  ...authzList.map((rule, index) => ({ rule, origin: at(source, 'spec', 'config', 'authzList', index) })),
];

/** The fields of a policy that only a proxy which reads requests can check. */
export function requestFields({ authz, authzList = [] }: AccessConfig): readonly string[] {
  const rules = [...(authz === undefined ? [] : [authz]), ...authzList];
  const asked = {
    allowedMethods: rules.some(({ allowedMethods = [] }) => allowedMethods.length > 0),
    allowedPaths: rules.some(({ allowedPaths = [] }) => allowedPaths.length > 0),
    'match.request.headers': rules.some(({ match }) => Object.keys(match?.request?.headers ?? {}).length > 0),
  };
  return Object.entries(asked).flatMap(([field, isAsked]) => (isAsked ? [field] : []));
}

/** Reports what a policy asks for and Istio cannot hold; left out, each would open. */
export function reportUnkept(source: Source, config: AccessConfig, { report }: Draft): void {
  const unkept = (where: Where, field: string, why: string) => report.add('WO2202', where, { field, why });
  const { authz, authzList = [], authn, enforcementLayers = {} } = config;
  const layers = (field: string) => at(source, 'spec', 'config', 'enforcementLayers', field);
  if (enforcementLayers.cni === true)
    unkept(layers('cni'), 'enforcementLayers.cni', 'needs Gloo\u2019s own network layer');
  if (enforcementLayers.mesh === false)
    unkept(layers('mesh'), 'enforcementLayers.mesh', 'is false, and the mesh is all that could enforce the policy');
  if (authn !== undefined) report.add('WO2203', at(source, 'spec', 'config', 'authn'), {});
  if (authz !== undefined && authzList.length > 0) {
    unkept(
      at(source, 'spec', 'config', 'authz'),
      'config.authz',
      'stands beside authzList, and only one of them counts in Gloo',
    );
  }
  const rules = allRules(source, config);
  if (rules.length === 0) report.add('WO2213', at(source, 'spec', 'config'), { what: 'config.authz is absent' });
  for (const { rule, origin } of rules) {
    if (Object.keys(rule).length === 0) report.add('WO2213', origin, { what: 'the rule is empty' });
    for (const [index, client] of (rule.allowedClients ?? []).entries()) {
      const where = below(origin, 'allowedClients', index);
      if (Object.keys(client).length === 0)
        report.add('WO2213', where, { what: 'an entry of allowedClients is empty' });
    }
    reportRule(rule, origin, unkept);
  }
}

function reportRule(rule: AccessRule, origin: Where, unkept: (where: Where, field: string, why: string) => void): void {
  for (const field of ['allowedMethods', 'allowedPaths'] as const) {
    if (rule[field]?.includes('') === true)
      unkept(below(origin, field), field, 'has an empty entry, and Istio refuses the whole policy for it');
  }
  for (const [name, { values = [], notValues = [] }] of Object.entries(rule.match?.request?.headers ?? {})) {
    const field = `match.request.headers.${name}`;
    const where = below(origin, 'match', 'request', 'headers', name);
    if (!/^[\w-]+$/.test(name)) unkept(where, field, 'is no name of a header');
    else if (values.length + notValues.length === 0 || [...values, ...notValues].includes('')) {
      unkept(where, field, 'has no values, or an empty one, and Istio refuses the whole policy for it');
    }
  }
  if (rule.dryRun === true) unkept(below(origin, 'dryRun'), 'dryRun', 'only logs in Gloo, and would deny in Istio');
  for (const [index, client] of (rule.allowedClients ?? []).entries()) {
    const where = below(origin, 'allowedClients', index);
    if (client.requestIdentityMatcher !== undefined) {
      unkept(below(where, 'requestIdentityMatcher'), 'requestIdentityMatcher', 'needs a token check at the gateway');
    }
    if (client.externalWorkloadSelector !== undefined) {
      unkept(
        below(where, 'externalWorkloadSelector'),
        'externalWorkloadSelector',
        'selects virtual machines, which wayout does not know',
      );
    }
  }
}

/** A rule for one service: its clients by name, its blocks checked. */
export function withClients(
  { rule, origin }: PlacedRule,
  service: DraftService,
  ports: readonly Port[],
  draft: Draft,
): Access {
  return {
    origin,
    ports: ports.map(({ number }) => number),
    clients: clientsFrom(rule.allowedClients, origin, service, draft),
    ipBlocks: blocks(rule.allowedIpBlocks, below(origin, 'allowedIpBlocks'), draft),
    remoteIpBlocks: blocks(rule.allowedRemoteIpBlocks, below(origin, 'allowedRemoteIpBlocks'), draft),
    methods: rule.allowedMethods ?? [],
    paths: rule.allowedPaths ?? [],
    headers: Object.entries(rule.match?.request?.headers ?? {}).map(([name, { values = [], notValues = [] }]) => ({
      name,
      values,
      notValues,
    })),
  };
}

function blocks(texts: readonly string[] | undefined, origin: Where, { report }: Draft): readonly string[] {
  return (texts ?? []).flatMap((text, index) => {
    const address = readAddress(text);
    if (address === undefined) report.add('WO2005', below(origin, index), { address: text });
    return address === undefined ? [] : [address.text];
  });
}
