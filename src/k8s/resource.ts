/** A Kubernetes object's metadata; other keys may stand beside these. */
export interface Metadata {
  readonly name: string;
  readonly namespace?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
}

/** A Kubernetes object: what we read, and what we emit. */
export interface Resource {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: Metadata;
  readonly [key: string]: unknown;
}

/** The API group of an object: `networking.istio.io` of `networking.istio.io/v1`, empty for the core group. */
export const groupOf = ({ apiVersion }: Pick<Resource, 'apiVersion'>): string =>
  apiVersion.includes('/') ? apiVersion.slice(0, apiVersion.indexOf('/')) : '';

/** What two objects may not share: group, kind, namespace and name (kustomize reads no namespace as `default`). */
export const idOf = (resource: Resource): string =>
  `${groupOf(resource)}|${resource.kind}|${resource.metadata.namespace ?? 'default'}|${resource.metadata.name}`;

/** An object as messages name it: `ExternalService shop/pay`. */
export const describe = ({ kind, metadata }: Pick<Resource, 'kind' | 'metadata'>): string =>
  `${kind} ${metadata.namespace === undefined ? '' : `${metadata.namespace}/`}${metadata.name}`;

/** An object of a known kind as messages and references name it: `shop/pay`. */
export const qualified = ({ namespace, name }: { readonly namespace: string; readonly name: string }): string =>
  `${namespace}/${name}`;
