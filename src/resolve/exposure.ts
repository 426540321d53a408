import type { Where } from '../diagnostics/report.ts';
import { below, type Draft } from '../draft.ts';
import { canonicalHost, covers } from '../hosts.ts';
import { bears } from '../k8s/labels.ts';
import type { Identity } from '../plan.ts';
import { type ObjectSelector, selectsHere } from './selectors.ts';
import { type Shareable, sees } from './sharing.ts';
import { workspaceOf } from './workspaces.ts';

/** What a listener lets through: a host, and whose. */
export interface ExposureRule {
  readonly host: string;
  readonly selector?: ObjectSelector;
}

/** Whether a listener lets a host of an object through. */
export type Exposes = (object: Identity, host: string) => boolean;

/** What the rules of a gateway's listener let through, for objects of one kind; no rules let everything through. */
export function readExposure(
  rules: readonly ExposureRule[],
  origin: Where,
  { namespace, kind, draft }: { readonly namespace: string; readonly kind: Shareable; readonly draft: Draft },
): Exposes {
  if (rules.length === 0) return () => true;
  const read = rules
    .filter(({ selector }, index) => selectsHere(selector, below(origin, index, 'selector'), draft))
    .map(rule => exposedBy(rule, namespace, kind, draft));
  return (object, host) => read.some(exposes => exposes(object, host));
}

/** `host`, `namespace/host`, or `./host`; wildcards as in Gloo. A selector without a namespace chooses what the gateway's namespace sees. */
function exposedBy(
  { host: text, selector }: ExposureRule,
  gatewayNamespace: string,
  kind: Shareable,
  draft: Draft,
): Exposes {
  const slash = text.indexOf('/');
  const scope = slash < 0 ? '*' : text.slice(0, slash);
  const pattern = canonicalHost(text.slice(slash + 1));
  const wanted = scope === '.' ? gatewayNamespace : scope;
  const isChosen = (object: Identity): boolean => {
    if (selector?.namespace !== undefined) return selector.namespace === object.namespace;
    return selector === undefined || scope !== '*' || sees(gatewayNamespace, object, draft, kind);
  };
  const lies = (namespace: string, object: Identity) => namespace === '*' || namespace === object.namespace;
  return (object, host) =>
    (pattern === host || covers(pattern, host)) &&
    lies(wanted, object) &&
    isChosen(object) &&
    (selector?.workspace === undefined || workspaceOf(object.namespace, draft)?.name === selector.workspace) &&
    (selector?.name === undefined || selector.name === object.name) &&
    bears(object.labels, selector?.labels ?? {});
}
