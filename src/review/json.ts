import { printableJson } from '../diagnostics/printable.ts';
import type { Resource } from '../k8s/resource.ts';
import type { Review } from './review.ts';

/** A review for programs, in the shape that docs/review.schema.json says; its fields are interface. */
export function reviewJson({ opens, opened, closed, changed, guards, objects, unjudged }: Review): string {
  const value = {
    apiVersion: 'wayout.dev/v1alpha1',
    kind: 'Review',
    opens,
    opened,
    closed,
    changed: changed.map(({ what, opens, before, after }) => {
      const { client, host, port } = after;
      return { client, host, port, what, opens, before: before[what], after: after[what] };
    }),
    guards,
    objects: objects.map(({ change, resource, source }) => ({ change, ...identity(resource), source })),
    unjudged: unjudged.map(({ change, resource }) => ({ change, ...identity(resource) })),
  };
  // Names are of the input, and JSON leaves some controls as they are.
  return `${printableJson(JSON.stringify(value, undefined, 2))}\n`;
}

const identity = ({ apiVersion, kind, metadata: { namespace, name } }: Resource) => ({
  apiVersion,
  kind,
  namespace,
  name,
});
