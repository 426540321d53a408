import { describe } from '../k8s/resource.ts';
import type { Rule } from './rule.ts';

/** WO1229: kpt renders in place, and deletes the files of resources that a function does not return. Reported once. */
export const kptDeletesSources: Rule = ({ services, config, report }) => {
  if (config.sources === 'keep') return;
  const source = services.map(({ origin }) => origin.source).find(each => isOfPackage(each?.resource.metadata));
  if (source !== undefined) report.add('WO1229', { source }, { object: describe(source.resource) });
};

/** Only kpt says in which package a resource is. */
const isOfPackage = (metadata: { readonly annotations?: Readonly<Record<string, string>> } | undefined): boolean =>
  metadata?.annotations?.['internal.config.kubernetes.io/package-path'] !== undefined;
