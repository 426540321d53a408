import type { ObjectSelector } from '../selectors.ts';

/** `networking.gloo.solo.io/v2` RouteTable. */
export interface TableSpec {
  readonly hosts?: readonly string[];
  readonly virtualGateways?: readonly Reference[];
  readonly workloadSelectors?: readonly WorkloadSelector[];
  readonly applyToDestinations?: readonly object[];
  readonly defaultDestination?: DestinationSpec;
  readonly http?: readonly HttpSpec[];
  readonly tls?: readonly { readonly matchers?: readonly TlsMatcher[]; readonly forwardTo: ForwardSpec }[];
  readonly tcp?: readonly {
    readonly matchers?: readonly { readonly port?: number }[];
    readonly forwardTo: ForwardSpec;
  }[];
  readonly weight?: number;
  readonly portalMetadata?: object;
  readonly failureMode?: 'ROUTE_REPLACEMENT' | 'FREEZE_CONFIG';
  readonly virtualServiceAnnotations?: Readonly<Record<string, string>>;
}

/** An object by name; namespace and cluster default to the document's own. */
export interface Reference {
  readonly name?: string;
  readonly namespace?: string;
  readonly cluster?: string;
}

interface WorkloadSelector {
  readonly selector?: ObjectSelector;
  readonly kind?: 'KUBE' | 'VM';
  readonly port?: object;
}

/** Gloo's DestinationReference. */
export interface DestinationSpec {
  readonly ref?: Reference;
  readonly awsLambda?: object;
  readonly kind?: 'SERVICE' | 'VIRTUAL_DESTINATION' | 'EXTERNAL_SERVICE';
  readonly port?: { readonly number?: number; readonly name?: string };
  readonly subset?: Readonly<Record<string, string>>;
  readonly weight?: number;
}

/** One HTTP route: its matchers and one action. */
export interface HttpSpec {
  readonly name?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly matchers?: readonly HttpMatcher[];
  readonly forwardTo?: ForwardSpec;
  readonly delegate?: DelegateSpec;
  readonly redirect?: {
    readonly hostRedirect?: string;
    readonly pathRedirect?: string;
    readonly responseCode?: string;
  };
  readonly directResponse?: { readonly status: number; readonly body?: string };
  readonly graphql?: object;
}

/** The tables that a route hands its requests on to. */
export interface DelegateSpec {
  readonly routeTables?: readonly ObjectSelector[];
  readonly allowedRoutes?: readonly object[];
  readonly sortMethod?: 'TABLE_WEIGHT' | 'ROUTE_SPECIFICITY';
}

/** Gloo's HTTPRequestMatcher. */
export interface HttpMatcher {
  readonly name?: string;
  readonly uri?: {
    readonly exact?: string;
    readonly prefix?: string;
    readonly regex?: string;
    readonly suffix?: string;
    readonly ignoreCase?: boolean;
  };
  readonly headers?: readonly (ValueMatcher & { readonly invertMatch?: boolean })[];
  readonly queryParameters?: readonly ValueMatcher[];
  readonly method?: string;
  readonly port?: number;
}

/** A header or a query parameter as Gloo matches it. */
export interface ValueMatcher {
  readonly name?: string;
  readonly value?: string;
  readonly regex?: boolean;
}

/** Gloo's TLSRequestMatcher. */
interface TlsMatcher {
  readonly sniHosts?: readonly string[];
  readonly port?: number;
}

/** Gloo's ForwardToAction. */
export interface ForwardSpec {
  readonly destinations?: readonly DestinationSpec[];
  readonly pathRewrite?: string;
  readonly regexRewrite?: { readonly pattern: { readonly regex: string }; readonly substitution?: string };
  readonly hostRewrite?: string;
  readonly autoHostRewrite?: boolean;
}
