import { isLoopback, readAddress } from '../addresses.ts';
import type { Source } from '../diagnostics/report.ts';
import { at, type Draft, namespaceOf } from '../draft.ts';
import { canonicalHost, hostForm, isLocalhost } from '../hosts.ts';
import { isObjectLabel } from '../k8s/names.ts';
import type { Endpoint } from '../plan.ts';
import { readSpec } from '../schemas.ts';
import type { Kind } from './kind.ts';

/** `networking.gloo.solo.io/v2` ExternalEndpoint. */
interface Spec {
  readonly address: string;
  readonly ports?: readonly { readonly name?: string; readonly number: number }[];
  readonly locality?: { readonly region?: string; readonly zone?: string; readonly subZone?: string };
}

/** A place outside; services select it by its labels. */
export const externalEndpoint: Kind = {
  apiVersion: 'networking.gloo.solo.io/v2',
  kind: 'ExternalEndpoint',
  contribute(input, draft) {
    draft.used.add(input);
    const { metadata } = input.resource;
    const spec = readSpec<Spec>(input, 'external-endpoint', draft);
    if (spec === undefined) return;
    const read = endpointAddress(spec.address);
    if (read === undefined) {
      draft.incomplete = true;
      draft.report.add('WO2023', at(input, 'spec', 'address'), { address: spec.address });
      return;
    }
    const { leadsToProxy, ...address } = read;
    if (leadsToProxy) draft.report.add('WO2036', at(input, 'spec', 'address'), { address: spec.address });
    const ports = spec.ports ?? [];
    const named = ports.flatMap(({ name }) => name ?? []);
    if (new Set(named).size < named.length) {
      draft.report.add('WO2024', at(input, 'spec', 'ports'), { problem: 'two have one name' });
    }
    if (ports.length > 1 && named.length < ports.length) {
      draft.report.add('WO2024', at(input, 'spec', 'ports'), { problem: 'there are several, and one has no name' });
    }
    if (address.kind === 'unix' && ports.length > 0) {
      draft.report.add('WO2025', at(input, 'spec', 'ports'), { problem: 'it has ports' });
    }
    for (const [label, value] of Object.entries(metadata.labels ?? {})) {
      const where = at(input, 'metadata', 'labels', label);
      if (meshLabels.includes(label)) draft.report.add('WO2029', where, { label });
      else if (!isObjectLabel(label, value)) draft.report.add('WO2035', where, { label, value });
    }
    const locality = localityOf(input, spec.locality, draft);
    draft.endpoints.push({
      ...address,
      origin: at(input),
      name: metadata.name,
      namespace: namespaceOf(input),
      ports,
      labels: metadata.labels ?? {},
      ...(locality !== undefined && { locality }),
    });
  },
};

/** Labels by which istiod decides how a proxy reaches an endpoint; a WorkloadEntry bears the labels of its source. */
const meshLabels = ['security.istio.io/tlsMode', 'topology.istio.io/network'];

interface Read extends Pick<Endpoint, 'address' | 'kind'> {
  /** Behind `localhost` a tenant would find the administration of the gateway. */
  readonly leadsToProxy: boolean;
}

function endpointAddress(text: string): Read | undefined {
  if (text.startsWith('unix://')) {
    // Istio takes an absolute path or an abstract name (`@…`) after `unix://`.
    return /^unix:\/\/[/@]./.test(text) ? { address: text, kind: 'unix', leadsToProxy: false } : undefined;
  }
  const ip = readAddress(text);
  if (ip !== undefined) {
    const isOne = !ip.range && ip.ip.range() !== 'unspecified';
    return isOne ? { address: ip.text, kind: 'ip', leadsToProxy: isLoopback(ip) } : undefined;
  }
  const name = canonicalHost(text);
  return hostForm(name) === 'name' ? { address: name, kind: 'name', leadsToProxy: isLocalhost(name) } : undefined;
}

/** `region/zone/subzone`; Istio compares by position, so a part needs the ones before it. */
function localityOf(input: Source, locality: Spec['locality'], { report }: Draft): string | undefined {
  if (locality === undefined) return undefined;
  const parts = [locality.region ?? '', locality.zone ?? '', locality.subZone ?? ''];
  const given = parts.slice(0, parts.findLastIndex(part => part !== '') + 1);
  if (given.includes('') || given.some(part => part.includes('/'))) {
    report.add('WO1201', at(input, 'spec', 'locality'), {
      field: 'spec.locality',
      value: JSON.stringify(locality),
      wanted: 'a region, a zone only with a region, a subZone only with a zone, and no slash in any',
    });
    return undefined;
  }
  return given.length === 0 ? undefined : given.join('/');
}
