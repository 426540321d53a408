import type { GuardConfig } from './guard-config.ts';
import type { Resource } from './k8s/resource.ts';

/** EgressConfig, its layers merged and its defaults filled in. */
export interface Config {
  readonly cluster?: string;
  readonly trustDomain: string;
  readonly namespace?: string;
  readonly namespaces: readonly string[];
  /** Workspace and WorkspaceSettings documents that live in another repository. */
  readonly workspaces: readonly Resource[];
  readonly gateways: readonly GatewayConfig[];
  readonly routeGateways: Readonly<Record<string, string>>;
  readonly defaultGateway?: string;
  readonly visibility: Readonly<Record<string, readonly string[]>>;
  readonly virtualAddresses: Readonly<Record<string, string>>;
  readonly dnsCapture: boolean;
  readonly outboundTrafficPolicy: 'ALLOW_ANY' | 'REGISTRY_ONLY';
  /** Namespaces whose sidecars refuse hosts that nobody declared. */
  readonly registryOnly: readonly string[];
  /** What the network holds; absent: nothing. */
  readonly guard?: GuardConfig;
  readonly overlap: 'error' | 'skip';
  readonly sources: 'drop' | 'keep';
  readonly part: 'all' | 'clients' | 'gateways';
  readonly allowEmpty: boolean;
  readonly syncWaves: boolean;
}

/** Stands in for a VirtualGateway, or names the Service of one. */
export interface GatewayConfig {
  readonly namespace: string;
  readonly name: string;
  readonly service?: { readonly namespace?: string; readonly name: string };
  readonly selector?: Readonly<Record<string, string>>;
  readonly ports?: readonly {
    readonly name?: string;
    readonly number: number;
    readonly targetPort?: number;
    readonly mode?: 'ISTIO_MUTUAL' | 'PASSTHROUGH';
  }[];
}
