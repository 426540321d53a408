import type { Resource } from '../k8s/resource.ts';

/** A kind of object that the API server may serve. */
export interface KindRef {
  readonly apiVersion: string;
  readonly kind: string;
  /** Its name in paths and in ClusterRoles: `serviceentries`. */
  readonly plural: string;
}

/** Which objects of a kind: all, those of one namespace, those that bear labels. */
interface Scope {
  readonly namespace?: string;
  /** As kubectl takes it: `istio=egressgateway`. */
  readonly labelSelector?: string;
}

/** A cluster, to be read; each method rejects with a ClusterFailure alone. */
export interface Cluster {
  /** The server's address, as messages name the cluster. */
  readonly server: string;
  /** The objects of a kind, page by page; undefined where the cluster has no such kind. */
  list(kind: KindRef, scope?: Scope): Promise<readonly Resource[] | undefined>;
  /** One object; undefined where there is none. */
  read(kind: KindRef, namespace: string, name: string): Promise<Resource | undefined>;
  /** An object's metadata alone: nothing else of it leaves the server. */
  readMetadata(kind: KindRef, namespace: string, name: string): Promise<Resource | undefined>;
  /** What the server would say to an object, without keeping it: its complaint, or undefined for none. */
  complaint(kind: KindRef, resource: Resource): Promise<string | undefined>;
}

/** Why a cluster could not be asked. */
export type Failure =
  | { readonly reason: 'configuration' | 'unreachable' | 'unknown-account' | 'timeout'; readonly detail: string }
  | { readonly reason: 'forbidden'; readonly verb: string; readonly resource: string; readonly detail: string }
  | { readonly reason: 'refused'; readonly status: number; readonly detail: string };

/** What a Cluster's methods reject with. */
export class ClusterFailure extends Error {
  readonly failure: Failure;
  constructor(failure: Failure) {
    super(failure.detail);
    this.failure = failure;
  }
}
