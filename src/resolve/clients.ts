import type { Source } from '../diagnostics/report.ts';
import { type Draft, namespaceOf } from '../draft.ts';
import type { Namespaces } from '../plan.ts';

/** The namespaces that may call a service: its own, and those that EgressConfig adds. */
export function clientsOf(source: Source, { config }: Draft): Namespaces {
  const namespace = namespaceOf(source);
  const key = `${namespace}/${source.resource.metadata.name}`;
  const added = Object.hasOwn(config.visibility, key) ? (config.visibility[key] ?? []) : [];
  return added.includes('*') ? 'everyone' : [...new Set([namespace, ...added])].sort();
}
