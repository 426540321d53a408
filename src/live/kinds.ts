import type { KindRef } from './cluster.ts';

const istio = (kind: string, plural: string, group = 'networking'): KindRef => ({
  apiVersion: `${group}.istio.io/v1`,
  kind,
  plural,
});

/** What wayout emits for Istio, and what rules look at. */
export const istioKinds: readonly KindRef[] = [
  istio('ServiceEntry', 'serviceentries'),
  istio('DestinationRule', 'destinationrules'),
  istio('VirtualService', 'virtualservices'),
  istio('Gateway', 'gateways'),
  istio('Sidecar', 'sidecars'),
  istio('AuthorizationPolicy', 'authorizationpolicies', 'security'),
];

/** Kubernetes' own policies, which a guard is made of. */
const networkPolicies: KindRef = {
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  plural: 'networkpolicies',
};

/** Every kind that wayout emits. */
export const emittedKinds: readonly KindRef[] = [...istioKinds, networkPolicies];

/** What rules look at under a guard alone: whatever runs pods. */
export const guardedKinds: readonly KindRef[] = [
  networkPolicies,
  { apiVersion: 'v1', kind: 'Pod', plural: 'pods' },
  { apiVersion: 'apps/v1', kind: 'Deployment', plural: 'deployments' },
  { apiVersion: 'apps/v1', kind: 'StatefulSet', plural: 'statefulsets' },
  { apiVersion: 'apps/v1', kind: 'DaemonSet', plural: 'daemonsets' },
  { apiVersion: 'batch/v1', kind: 'Job', plural: 'jobs' },
  { apiVersion: 'batch/v1', kind: 'CronJob', plural: 'cronjobs' },
];

/** What Kubernetes itself has, and rules look at. */
export const coreKinds: readonly KindRef[] = [
  { apiVersion: 'v1', kind: 'Namespace', plural: 'namespaces' },
  { apiVersion: 'v1', kind: 'Service', plural: 'services' },
  { apiVersion: 'v1', kind: 'ServiceAccount', plural: 'serviceaccounts' },
];

export const pods: KindRef = { apiVersion: 'v1', kind: 'Pod', plural: 'pods' };
export const secrets: KindRef = { apiVersion: 'v1', kind: 'Secret', plural: 'secrets' };
export const configMaps: KindRef = { apiVersion: 'v1', kind: 'ConfigMap', plural: 'configmaps' };
export const deployments: KindRef = { apiVersion: 'apps/v1', kind: 'Deployment', plural: 'deployments' };
