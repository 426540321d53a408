import type { KindRef } from './cluster.ts';

const istio = (kind: string, plural: string, group = 'networking'): KindRef => ({
  apiVersion: `${group}.istio.io/v1`,
  kind,
  plural,
});

/** What wayout emits, and what rules look at. */
export const istioKinds: readonly KindRef[] = [
  istio('ServiceEntry', 'serviceentries'),
  istio('DestinationRule', 'destinationrules'),
  istio('VirtualService', 'virtualservices'),
  istio('Gateway', 'gateways'),
  istio('Sidecar', 'sidecars'),
  istio('AuthorizationPolicy', 'authorizationpolicies', 'security'),
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
