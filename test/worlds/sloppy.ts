import fc from 'fast-check';
import { parse } from 'yaml';
import { type Plan, plan, readable, textOf, type World, worldOf } from '../worlds.ts';

const values: readonly unknown[] = [
  null,
  '',
  0,
  -1,
  1.5,
  70000,
  443,
  true,
  [],
  {},
  [{}],
  '*',
  '*.example',
  '*.com',
  '.',
  'API.Example.',
  'x'.repeat(64),
  '0.0.0.0/0',
  '::/0',
  '127.0.0.1',
  '10.0.0.0/8',
  '10.0.0.0/99',
  '1::2::3/64',
  'unix:///x',
  '__proto__',
  'b\u00fccher.example',
  'a b',
  'wayout-wildcard.example',
  '1-2-3-4.s.shop.wayout.internal',
  'istio-egress-gw.istio-gateways.svc.cluster.local',
  'TCP',
  'HTTP',
  'TLS',
  'MONGO',
  'PASSTHROUGH',
  'ISTIO_MUTUAL',
  'SIMPLE',
  'EXTERNAL_SERVICE',
  'shop',
  'istio-gateways',
  { labels: {} },
  ['*'],
  ['a.example', 'A.example.'],
  { 'shop/s0': ['*', '.'] },
];

interface Slip {
  readonly document: number;
  readonly steps: readonly number[];
  readonly way: 'remove' | 'replace' | 'rename' | 'repeat' | 'cut';
  readonly value: unknown;
}

const slip: fc.Arbitrary<Slip> = fc.record({
  document: fc.nat(60),
  steps: fc.array(fc.nat(12), { minLength: 2, maxLength: 8 }),
  way: fc.constantFrom('remove', 'replace', 'replace', 'replace', 'rename', 'repeat', 'cut'),
  value: fc.constantFrom(...values),
});

/** Walks down a value by the numbers given, and does something wrong where they end. */
function spoil(value: unknown, [step = 0, ...steps]: readonly number[], { way, value: other }: Slip): void {
  if (typeof value !== 'object' || value === null) return;
  const keys = Object.keys(value);
  const key = keys[step % Math.max(keys.length, 1)];
  if (key === undefined) return;
  // Any object or list can be walked by its keys.
  const fields = value as Record<string, unknown>;
  const below = fields[key];
  if (steps.length > 0 && typeof below === 'object' && below !== null && Object.keys(below).length > 0) {
    spoil(below, steps, { document: 0, steps, way, value: other });
  } else if (way === 'remove') delete fields[key];
  else if (way === 'rename') {
    fields[`${key}s`] = below;
    delete fields[key];
  } else if (way === 'repeat' && Array.isArray(value)) value.push(structuredClone(below));
  else fields[key] = structuredClone(other);
}

function spoiled(made: Plan, slips: readonly Slip[]): World {
  const world = worldOf(made);
  const documents = [...world.documents, { text: world.config, of: 'config' }];
  for (const each of slips) {
    const at = each.document % documents.length;
    const { text, of } = documents[at] ?? { text: '', of: 'foreign' };
    if (of === 'foreign') continue;
    if (each.way === 'cut') {
      documents[at] = { text: `${text.slice(0, 20 + ((each.steps[0] ?? 0) * text.length) / 16)}\n`, of };
      continue;
    }
    try {
      const object = parse(text);
      spoil(object, each.steps, each);
      documents[at] = { text: textOf(object), of };
    } catch {
      // Cut short already.
    }
  }
  const config = documents.pop()?.text ?? '';
  return readable({ ...world, documents, config });
}

/** Lists with a few slips in them: most are errors, and what is none must be as sound as any other. */
export const sloppyWorlds: fc.Arbitrary<World> = fc
  .tuple(plan, fc.array(slip, { minLength: 1, maxLength: 3 }))
  .map(([made, slips]) => spoiled(made, slips));
