/** A parameter of an Application's plugin section. */
export interface Parameter {
  readonly name: string;
  readonly string?: string;
  readonly array?: readonly string[];
  readonly map?: Readonly<Record<string, string>>;
}

/** An Application as far as its rendering goes. */
export interface Application {
  /** A folder; where the cache is asked, one with Git in it. */
  readonly repository: string;
  /** Its folder in the repository; absent: the repository. */
  readonly path?: string;
  readonly plugin?: {
    readonly name?: string;
    readonly env?: readonly { readonly name: string; readonly value: string }[];
    readonly parameters?: readonly Parameter[];
  };
  readonly name?: string;
  readonly namespace?: string;
  /** What the cluster serves. */
  readonly apiVersions?: readonly string[];
  /** The annotation `argocd.argoproj.io/manifest-generate-paths`; the repo-server then sends their common root alone. */
  readonly generatePaths?: string;
  /** What the repo-server leaves out of what it sends, as its `reposerver.plugin.tar.exclusions` says. */
  readonly excluded?: readonly string[];
  /** A hard refresh: the cache is passed over. */
  readonly hard?: boolean;
  /** The deadline of the call. */
  readonly seconds?: number;
}

/** What the repo-server answers: what the user interface shows. */
export interface Answer {
  readonly manifests: readonly string[];
  readonly parameters: readonly object[];
  readonly error: string;
  readonly seconds: number;
}

/** The question that the application controller would ask about an Application. */
export const questionOf = (application: Application): object => ({
  repository: application.repository,
  revision: '4f1c2d3e5a6b7c8d9e0f1a2b3c4d5e6f7a8b9c0d',
  seconds: application.seconds ?? 60,
  excluded: application.excluded ?? ['.git', '.git/**'],
  commonRoot: application.generatePaths !== undefined,
  request: {
    appName: application.name ?? 'shop',
    namespace: application.namespace ?? 'shop',
    projectName: 'shop',
    repo: { repo: `file://${application.repository}`, type: 'git' },
    revision: 'HEAD',
    // A refresh looks at the branch, whatever the cache says of it.
    noRevisionCache: true,
    noCache: application.hard === true,
    appLabelKey: 'app.kubernetes.io/instance',
    trackingMethod: 'annotation',
    kubeVersion: 'v1.33.1',
    apiVersions: application.apiVersions ?? [],
    annotationManifestGeneratePaths: application.generatePaths,
    applicationSource: { path: application.path ?? '.', targetRevision: 'HEAD', plugin: application.plugin },
  },
});
