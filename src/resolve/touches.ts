import type { Path, Source } from '../diagnostics/report.ts';
import { type Draft, type DraftService, namespaceOf } from '../draft.ts';
import { indexed } from '../grouped.ts';
import { qualified } from '../k8s/resource.ts';
import { gatewaysOf, type Identity } from '../plan.ts';
import { fieldsOf, listOf, specOf } from '../rules/foreign.ts';
import { isExternalService } from './destinations.ts';
import { chosenBy, type ObjectSelector, selectorIn, selectorText } from './selectors.ts';
import { routeTouches } from './touched-routes.ts';

/** A field by which a document touches what is rendered here. */
export interface Touch {
  /** Below spec. */
  readonly field: Path;
  /** Whether it acts on calls, or makes use of a service itself. */
  readonly how: 'acts' | 'uses';
  /** `ExternalService shop/pay`; for one that is not in the list what the document says of it. */
  readonly what: string;
  readonly services: readonly DraftService[];
  /** False where it names external services that are not in the list. */
  readonly isHere: boolean;
}

/** Everything by which a document that is not translated touches external services, and the gateways that they use. */
export const touchesOf = (source: Source, draft: Draft): readonly Touch[] => [
  ...backingTouches(source, draft),
  ...serviceTouches(specOf(source), [], source, draft),
  ...routeTouches(source, draft),
  ...gatewayTouches(source, draft),
];

/** What a VirtualDestination leads to. */
const backingTouches = (source: Source, draft: Draft): readonly Touch[] =>
  listOf(specOf(source).externalServices).map((selector, index) =>
    serviceTouch(['externalServices', index], selectorIn(selector), source, draft),
  );

/** Selectors and references with `kind: EXTERNAL_SERVICE`; deep documents were refused when they were read. */
function serviceTouches(value: unknown, field: Path, source: Source, draft: Draft): readonly Touch[] {
  if (typeof value !== 'object' || value === null) return [];
  const { kind, ref, selector } = fieldsOf(value);
  // A reference is a selector that leaves nothing open.
  const wanted = ref === undefined ? selectorIn(selector) : { namespace: namespaceOf(source), ...selectorIn(ref) };
  if (isExternalService(kind)) return [serviceTouch(field, wanted, source, draft)];
  return Object.entries(value).flatMap(([key, item]) =>
    serviceTouches(item, [...field, Array.isArray(value) ? Number(key) : key], source, draft),
  );
}

function serviceTouch(field: Path, selector: ObjectSelector, source: Source, draft: Draft): Touch {
  const services = chosenBy(draft.services, selector, namespaceOf(source), { draft, what: 'ExternalService' });
  const isHere = services.length > 0;
  return {
    field,
    how: String(field[0]).startsWith('applyTo') ? 'acts' : 'uses',
    what: isHere ? listed('ExternalService', services) : `ExternalService ${selectorText(selector)}`,
    services,
    isHere,
  };
}

const byGateway = indexed(gatewaysOf);

/** Listeners and pods of the gateways that external services go through. */
function gatewayTouches(source: Source, draft: Draft): readonly Touch[] {
  const gateways = [...byGateway(draft.services).keys()];
  const listeners = gateways.map(({ namespace, name }) => ({
    namespace,
    name,
    labels: draft.virtualGateways.get(qualified({ namespace, name }))?.resource.metadata.labels ?? {},
  }));
  const pods = gateways.map(({ service, workloadNamespace: namespace, workloadLabels: labels }) => ({
    namespace,
    name: service.name,
    labels,
  }));
  return [
    ...chosen('applyToListeners', 'virtualGateway', 'VirtualGateway', listeners),
    ...chosen('applyToWorkloads', 'selector', 'the pods of gateway', pods),
  ];

  function chosen(list: string, key: string, what: string, candidates: readonly Identity[]): readonly Touch[] {
    return listOf(specOf(source)[list]).flatMap((entry, index): Touch[] => {
      const selector = selectorIn(fieldsOf(entry)[key]);
      const found = chosenBy(candidates, selector, namespaceOf(source), { draft, what: 'ExternalEndpoint' });
      if (found.length === 0) return [];
      return [{ field: [list, index], how: 'acts', what: listed(what, found), services: [], isHere: true }];
    });
  }
}

const listed = (what: string, found: readonly Identity[]): string =>
  found.map(each => `${what} ${qualified(each)}`).join(', ');
