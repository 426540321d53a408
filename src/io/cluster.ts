import type { KubeConfig } from '@kubernetes/client-node';
import type { Resource } from '../k8s/resource.ts';
import { type Cluster, ClusterFailure, type KindRef } from '../live/cluster.ts';

/** How to reach a cluster. */
interface Access {
  /** A context of the kubeconfig; absent: the current one. */
  readonly context?: string;
  /** How long one answer may take, in seconds. */
  readonly timeout: number;
  /** Called after each page with what is being read, and how many objects have come. */
  readonly onPage: (plural: string, count: number) => void;
}

/** Objects in one answer: what kubectl asks for. */
const pageSize = 500;

/** The cluster of the user's kubeconfig (KUBECONFIG, ~/.kube/config) or of the pod that this runs in; nothing is asked of it yet. */
export async function connect({ context, timeout, onPage }: Access): Promise<Cluster> {
  const { HttpMethod, IsomorphicFetchHttpLibrary, KubeConfig, RequestContext } = await import(
    '@kubernetes/client-node'
  );
  const config = configured(new KubeConfig(), context);
  const server = config.getCurrentCluster()?.server;
  if (server === undefined) throw new ClusterFailure({ reason: 'configuration', detail: 'it names no cluster' });
  const http = new IsomorphicFetchHttpLibrary();

  /** Sends one request; the answer is its status and its text. */
  async function send({ method, path, query = {}, headers, body }: Request): Promise<Answer> {
    const request = new RequestContext(server + path, HttpMethod[method]);
    for (const [name, value] of Object.entries(query)) request.setQueryParam(name, value);
    for (const [name, value] of Object.entries({ accept: 'application/json', ...headers }))
      request.setHeaderParam(name, value);
    if (body !== undefined) request.setBody(body);
    const late = AbortSignal.timeout(timeout * 1000);
    request.setSignal(late);
    try {
      await config.applySecurityAuthentication(request);
      const { httpStatusCode: status, body: answer } = await http.send(request).toPromise();
      return { status, text: await answer.text() };
    } catch (error) {
      if (late.aborted)
        throw new ClusterFailure({ reason: 'timeout', detail: `no answer within ${timeout} s to ${method} ${path}` });
      throw new ClusterFailure({
        reason: 'unreachable',
        detail: error instanceof Error ? error.message : String(error),
      });
    }
  }

  /** The object that a request gets; undefined for 404. */
  async function get(kind: KindRef, verb: string, request: Omit<Request, 'method'>): Promise<unknown> {
    const { status, text } = await send({ method: 'GET', ...request });
    if (status === 404) return undefined;
    if (status !== 200) throw failureOf(status, text, verb, kind);
    try {
      return JSON.parse(text);
    } catch {
      throw new ClusterFailure({ reason: 'unreachable', detail: `the answer to GET ${request.path} was cut off` });
    }
  }

  return {
    server,
    async list(kind, { namespace, labelSelector } = {}) {
      const items: Resource[] = [];
      for (let page = ''; ; ) {
        const query = {
          limit: String(pageSize),
          ...(labelSelector !== undefined && { labelSelector }),
          ...(page !== '' && { continue: page }),
        };
        // What the API server answers has the shape of its own API.
        const list = (await get(kind, 'list', { path: pathOf(kind, namespace), query })) as List | undefined;
        if (list === undefined) return undefined;
        for (const item of list.items) items.push({ ...item, apiVersion: kind.apiVersion, kind: kind.kind });
        onPage(kind.plural, items.length);
        page = list.metadata?.continue ?? '';
        if (page === '') return items;
      }
    },
    async read(kind, namespace, name) {
      return (await get(kind, 'get', { path: pathOf(kind, namespace, name) })) as Resource | undefined;
    },
    async readMetadata(kind, namespace, name) {
      const headers = { accept: 'application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1' };
      return (await get(kind, 'get', { path: pathOf(kind, namespace, name), headers })) as Resource | undefined;
    },
    async complaint(kind, resource) {
      const { namespace = 'default', name } = resource.metadata;
      const { status, text } = await send({
        method: 'PATCH',
        path: pathOf(kind, namespace, name),
        query: { dryRun: 'All', fieldManager: 'wayout', force: 'true', fieldValidation: 'Strict' },
        headers: { 'content-type': 'application/apply-patch+yaml' },
        body: JSON.stringify(resource),
      });
      if (status === 401 || status === 403) throw failureOf(status, text, 'patch', kind);
      return status < 300 ? undefined : messageOf(text);
    },
  };
}

interface Request {
  readonly method: 'GET' | 'PATCH';
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

interface Answer {
  readonly status: number;
  readonly text: string;
}

interface List {
  readonly metadata?: { readonly continue?: string };
  readonly items: readonly Resource[];
}

function configured(config: KubeConfig, context: string | undefined): KubeConfig {
  try {
    config.loadFromDefault();
    // What the library falls back to where it found nothing.
    if (config.getCurrentCluster()?.server === 'http://localhost:8080')
      throw new Error('there is no kubeconfig, and this is no pod');
    if (context !== undefined) {
      if (config.getContextObject(context) === null) throw new Error(`it has no context "${context}"`);
      config.setCurrentContext(context);
    }
    return config;
  } catch (error) {
    throw new ClusterFailure({
      reason: 'configuration',
      detail: error instanceof Error ? error.message : String(error),
    });
  }
}

/** `/apis/networking.istio.io/v1/namespaces/shop/serviceentries/pay`; without a name the list, without a namespace that of all. */
function pathOf({ apiVersion, plural }: KindRef, namespace?: string, name?: string): string {
  const root = apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
  const place = namespace === undefined ? root : `${root}/namespaces/${encodeURIComponent(namespace)}`;
  return name === undefined ? `${place}/${plural}` : `${place}/${plural}/${encodeURIComponent(name)}`;
}

function failureOf(status: number, text: string, verb: string, { apiVersion, plural }: KindRef): ClusterFailure {
  const detail = messageOf(text);
  const group = apiVersion.includes('/') ? `.${apiVersion.slice(0, apiVersion.indexOf('/'))}` : '';
  if (status === 401) return new ClusterFailure({ reason: 'unknown-account', detail });
  if (status === 403) return new ClusterFailure({ reason: 'forbidden', verb, resource: plural + group, detail });
  return new ClusterFailure({ reason: 'refused', status, detail });
}

/** The message of a Kubernetes Status, or the beginning of whatever else was said. */
function messageOf(text: string): string {
  try {
    const { message } = JSON.parse(text) as { readonly message?: unknown };
    if (typeof message === 'string') return message;
  } catch {
    // A proxy before the API server answers in its own words.
  }
  return text.slice(0, 200).trim();
}
