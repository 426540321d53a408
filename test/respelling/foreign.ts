import type { Chance } from './chance.ts';
import type { MapTree, ScalarTree, Tree } from './tree.ts';

/** Plain scalars that readers of YAML 1.1, of YAML 1.2 and of Go may take for different values, or that a printer may change. */
const odd = [
  ...['0644', '0o17', '0x1F', '0b11', '1_000', '1e400', '-0', '+1', '.5', '-1.5e-7', '1.10000000000000000001', '007'],
  ...['123456789012345678901', '1:30', '12e3', '.inf', '.NaN', 'yes', 'No', 'on', 'y', '~', 'null', 'Null', 'true'],
  ...['2020-01-01', '2020-01-01 10:00:00', '2020-01-01T10:00:00Z', '=', 'a b', 'a:b', 'http://a'],
] as const;

/** Texts that are easily changed when they are printed again. */
const texts = [
  '',
  ' ',
  'two\nlines\n',
  'ends\n\n',
  '\nbegins',
  'tab\there',
  'yes',
  '0644',
  '- a',
  '# no',
  'caf\u00e9',
  '{',
  '*a',
  '&a',
] as const;

const hosts = ['config.kubernetes.io/path', 'internal.config.kubernetes.io/index', 'config.k8s.io/id'] as const;

/** An object that wayout does not manage: odd values in lists and mappings, and what a host of KRM functions wrote into it. */
export function foreignObject(name: string, chance: Chance): MapTree {
  const annotations = hosts.filter(() => chance.percent(60)).map(key => [text(key), hostValue(chance)] as const);
  const own = chance.percent(60) ? [[text('own'), text(chance.pick(texts))] as const] : [];
  return mapOf(chance, [
    ['apiVersion', text('example.com/v1')],
    ['kind', text('Thing')],
    [
      'metadata',
      mapOf(chance, [
        ['name', text(name)],
        ['namespace', text('shop')],
        ...(chance.percent(30) ? [['labels', mapOf(chance, [['a', hostValue(chance)]])] as const] : []),
        ['annotations', { is: 'map', entries: chance.shuffled([...annotations, ...own]) }],
      ]),
    ],
    ['spec', valueOfDepth(3, chance)],
  ]);
}

/** Few values, so that one stands where the other's anchor is. */
const hostValue = (chance: Chance): ScalarTree => text(chance.pick(['0', 'a.yaml']));

const text = (value: string): ScalarTree => ({ is: 'scalar', value });

const mapOf = (chance: Chance, entries: readonly (readonly [string, Tree])[]): MapTree => ({
  is: 'map',
  entries: chance.shuffled(entries.map(([key, value]) => [text(key), value] as const)),
});

function valueOfDepth(depth: number, chance: Chance): Tree {
  if (depth === 0 || chance.percent(30)) {
    if (chance.percent(30)) return text(chance.pick(texts));
    if (chance.percent(20)) return hostValue(chance);
    const source = chance.pick(odd);
    return { is: 'scalar', value: source, source };
  }
  const values = Array.from({ length: chance.below(4) }, () => valueOfDepth(depth - 1, chance));
  if (chance.percent(40)) return { is: 'list', items: values };
  return mapOf(
    chance,
    values.map((value, index) => [`k${index}`, value] as const),
  );
}
