import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { parse as parseYaml } from 'yaml';
import { Report } from '../src/diagnostics/report.ts';
import { writeDocuments } from '../src/io/documents.ts';
import { readResourceList } from '../src/io/resource-list.ts';
import type { Range } from '../src/yaml/cut.ts';
import { cutJson } from '../src/yaml/cut-json.ts';
import { cutByLines } from '../src/yaml/cut-lines.ts';
import { cutByParse } from '../src/yaml/cut-parse.ts';
import { readDocument } from '../src/yaml/document.ts';
import { splitList } from '../src/yaml/list.ts';
import { print, printItem } from '../src/yaml/print.ts';
import { opened, type Slice } from '../src/yaml/slice.ts';
import { locate, parse } from '../src/yaml/source.ts';
import { splitDocuments } from '../src/yaml/split.ts';

const slice = (text: string): Slice => ({ text, form: 'document', line: 1, column: 1, index: 0 });

/** A field's value as its lines, the first beside the key, the others relative to the key's column. */
const field = fc.constantFrom<readonly string[]>(
  ['1'],
  ['|', '  - x', '  items:', '  # no comment', '', '    deeper'],
  ['|', '  # no comment'],
  ['|+', '  kept', '', ''],
  ['>-', '  --- folded', '  ...'],
  ['|2', '    - indented', '  less'],
  ['|', ''],
  ['"two', '  # lines \\', '  - more"'],
  ["'a: - b", "  c: ''", "  d'"],
  ['plain', '  - text', '  goes on'],
  ['{a: [1, "]", {b: c}], # note', '  d: e}'],
  ['[', '  x,', '  ]'],
  ['', '- 1', '- b: 2', '  c: |', '    - 3'],
  ['', '  deep:', '    deeper: "# none"', '  # comment inside', '  last: 1'],
  ['"*x &y"'],
  ['*.txt &c'].map(text => `"${text}"`),
  ['a&b c*d'],
  ['"\u2028- x\u2028key: y"'],
  ['é ☃ \u{1F600}'],
  ['null # note'],
  ['!!str 5'],
);

const anchored = fc.constantFrom<readonly string[]>(
  ['&a {x: 1}'],
  ['&b', '  - x', '  - y'],
  ['*a'],
  ['*b'],
  ['&a 2'],
  ['', '  <<: *m'],
  ['&m {k: v}'],
);

const between = fc.array(fc.constantFrom('# above', '', '  # deeper', '# - x', '#'), { maxLength: 3 });

const item = (value: fc.Arbitrary<readonly string[]>) =>
  fc.record({
    fields: fc.array(value, { minLength: 1, maxLength: 4 }),
    gap: fc.constantFrom(1, 2, 3),
    own: fc.boolean(),
    above: between,
  });

const listOf = (value: fc.Arbitrary<readonly string[]>) =>
  fc
    .record({
      items: fc.array(item(value), { maxLength: 5 }),
      indent: fc.constantFrom(0, 0, 1, 2, 4),
      config: fc.option(value),
      last: fc.boolean(),
      crlf: fc.boolean(),
      ended: fc.boolean(),
      top: between,
      bottom: between,
    })
    .map(({ items, indent, config, last, crlf, ended, top, bottom }) => {
      const pad = ' '.repeat(indent);
      const shift = (lines: readonly string[], by: string) => lines.map(line => (line === '' ? '' : by + line));
      const body = items.flatMap(({ fields, gap, own, above }) => {
        const lines = fields.flatMap(([first = '', ...more], index) => [`k${index}: ${first}`, ...more]);
        const [first = '', ...more] = shift(lines, `${pad} ${' '.repeat(gap)}`);
        return [...above, ...(own ? [`${pad}-`, first] : [`${pad}-${first.slice(pad.length + 1)}`]), ...more];
      });
      const extra =
        config === null ? [] : ['functionConfig:', ...shift([`own: ${config[0]}`, ...config.slice(1)], '  ')];
      const listed = ['items: # the list', ...body, ...bottom];
      const all = [
        ...top,
        'apiVersion: "config.kubernetes.io/v1" # v1',
        'kind: ResourceList',
        ...(last ? [...extra, ...listed] : [...listed, ...extra]),
      ];
      const text = all.join('\n') + (ended ? '\n' : '');
      return crlf ? text.replaceAll('\n', '\r\n') : text;
    });

/** Every text on which a parser and the line scan can be compared; the generator makes some that no parser takes. */
const readable = (text: string): boolean => readDocument(slice(text), new Report()) !== undefined;

test('the line cut and the parser cut the same slices', () => {
  let cuts = 0;
  fc.assert(
    fc.property(listOf(fc.oneof({ weight: 6, arbitrary: field }, anchored)), text => {
      fc.pre(readable(text));
      const quick = cutByLines(Buffer.from(text));
      const document = readDocument(slice(text), new Report());
      const whole = document && cutByParse(slice(text), document, new Report());
      assert.ok(whole);
      if (quick === undefined) return;
      cuts += 1;
      const inBytes = (offset: number): number => Buffer.byteLength(text.slice(0, offset));
      const place = ({ start, end }: Range): Range => ({ start: inBytes(start), end: inBytes(end) });
      const entries = whole.entries.map(({ key, value, ...range }) => ({
        key,
        value: inBytes(value),
        ...place(range),
      }));
      assert.deepEqual({ ...quick, items: [], indent: 0 }, { ...whole, entries, items: [], indent: 0 });
      assert.deepEqual(
        quick.items.flatMap(opened).map(item => ({ start: item.within?.start, end: item.within?.end })),
        whole.items.map(place),
      );
    }),
    { numRuns: 500 },
  );
  assert.ok(cuts > 100, `the line cut took only ${cuts}`);
});

test('a list is the sum of its parts, and each item keeps its value', () => {
  fc.assert(
    fc.property(listOf(fc.oneof(field, anchored)), text => {
      // Readers differ on a block scalar whose last line does not end: see test/ended.test.ts.
      fc.pre(readable(text) && (text.endsWith('\n') || !/[|>]/.test(text)));
      const report = new Report();
      const list = splitList(Buffer.from(text), report);
      assert.ok(list);
      const value = parse(slice(text), report) as { items: unknown[] | null; functionConfig?: unknown };
      assert.deepEqual(
        list.items.flatMap(opened).map(one => parse(one, report)),
        value.items ?? [],
      );
      if (list.functionConfig) assert.deepEqual(parse(list.functionConfig, report), value.functionConfig);
      const read = readResourceList(new TextEncoder().encode(`\uFEFF${text}`), report);
      const written = [...(read?.write(list.items, []) ?? [])].join('');
      const again = [...(read?.write(read.slices, []) ?? [])].join('');
      assert.equal(again, written);
      assert.deepEqual(parse(slice(written), report), { ...value, items: value.items ?? [] });
      assert.deepEqual(report.diagnostics, []);
      if (!/[&*]/.test(text) && list.items.length > 0) assert.equal(written, text.endsWith('\n') ? text : `${text}\n`);
    }),
    { numRuns: 500 },
  );
});

const group = fc.constantFrom('apps/v1', 'v1', 'networking.gloo.solo.io/v2', '"apps/v1"', 'a/b/c', '&a v1', '1');
const kind = fc.constantFrom('Deployment', 'Service', "'Service'", 'ServiceEntry\n  more', 'Service # one', '');
const others = fc.constantFrom('metadata:\n  name: x', '# apiVersion: v2', '', 'other: |\n  kind: Service');
const saying = fc
  .tuple(group, kind, fc.array(others, { maxLength: 2 }), fc.constantFrom(0, 0, 0, 1, 2))
  .map(([apiVersion, of, more, swapped]) => {
    const lines = [`apiVersion: ${apiVersion}`, `kind: ${of}`, ...more];
    return [...lines.slice(swapped), ...lines.slice(0, swapped)];
  });

test('what the first lines of an item say is what a parser reads', () => {
  let known = 0;
  fc.assert(
    fc.property(
      fc.array(fc.tuple(saying, fc.constantFrom(1, 1, 2)), { maxLength: 6 }),
      fc.constantFrom(0, 2),
      fc.boolean(),
      (items, indent, crlf) => {
        const body = items.map(([lines, gap]) => {
          const [first = '', ...more] = lines.join('\n').split('\n');
          const rest = more.map(each => `${' '.repeat(indent + 1 + gap)}${each}\n`);
          return `${' '.repeat(indent)}-${' '.repeat(gap)}${first}\n${rest.join('')}`;
        });
        const lines = `apiVersion: config.kubernetes.io/v1\nkind: ResourceList\nitems:\n${body.join('')}`;
        const text = crlf ? lines.replaceAll('\n', '\r\n') : lines;
        fc.pre(readable(text));
        const list = splitList(Buffer.from(text), new Report());
        assert.ok(list);
        const values = (parse(slice(text), new Report()) as { items: unknown[] | null }).items ?? [];
        const opens = list.items.flatMap(opened);
        for (const [index, { type }] of opens.entries()) {
          if (type === undefined) continue;
          known += 1;
          const { apiVersion, kind } = values[index] as Readonly<Record<string, unknown>>;
          assert.deepEqual({ apiVersion: String(apiVersion), kind }, type);
        }
        assert.deepEqual(
          opens.map(one => parse(one, new Report())),
          values,
        );
      },
    ),
    { numRuns: 1_000 },
  );
  assert.ok(known > 100, `only ${known} items said what they are`);
});

test('items stand in the file where their slice says', () => {
  fc.assert(
    fc.property(listOf(field), text => {
      fc.pre(readable(text));
      const lines = text.split('\n');
      for (const one of splitList(Buffer.from(text), new Report())?.items.flatMap(opened) ?? []) {
        const { line, column } = locate(one, []);
        assert.equal(lines[line - 1]?.slice(column - 1, column + 2), 'k0:');
      }
    }),
    { numRuns: 200 },
  );
});

test('JSON is cut without a parser where the parser cuts it', () => {
  const object = fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 2 }), { maxKeys: 4 });
  fc.assert(
    fc.property(fc.array(object, { maxLength: 4 }), fc.constantFrom(undefined, 1, '\t'), (items, space) => {
      const text = JSON.stringify(
        { apiVersion: 'config.kubernetes.io/v1', kind: 'ResourceList', items, functionConfig: { a: items[0] ?? null } },
        null,
        space,
      );
      const quick = cutJson(text);
      assert.ok(quick);
      assert.deepEqual(
        quick.items.map(({ start, end }) => JSON.parse(text.slice(start, end))),
        JSON.parse(text).items,
      );
      const document = readDocument(slice(text), new Report());
      const whole = document && cutByParse(slice(text), document, new Report());
      // `yaml` takes a tab for no indentation in flow style; JSON.parse has no such limit.
      if (whole) assert.deepEqual(quick.items, whole.items);
      assert.ok(whole !== undefined || space === '\t' || /\\ud/i.test(text));
    }),
  );
});

test('documents that are cut apart and joined are the same text', () => {
  const body = fc
    .array(field, { minLength: 1, maxLength: 3 })
    .map(fields => `${fields.flatMap(([first = '', ...more], at) => [`k${at}: ${first}`, ...more]).join('\n')}\n`);
  fc.assert(
    fc.property(fc.array(body, { maxLength: 4 }), fc.boolean(), (bodies, crlf) => {
      const text = bodies.map(one => (crlf ? one.replaceAll('\n', '\r\n') : one)).join('---\n');
      assert.equal(writeDocuments(splitDocuments(text, new Report())), text);
    }),
  );
});

const word = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.constantFrom(
    'on',
    'y',
    'No',
    '~',
    '',
    '0777',
    '0o17',
    '1e3',
    '1_000',
    '0x1F',
    '0b1',
    '.5',
    '+.inf',
    '2020-01-01',
    '1:30',
    '12:30:45',
    '- x',
    '#',
    ' x',
    'x ',
    'a: b',
    '*',
    '&a',
    '!t',
    '---',
    '...',
    'a\n---\nb',
    '\ttab',
    '\u2028x',
    'true',
    'null',
    '=',
    '<<x',
    '1.',
    '08',
  ),
);
const { value: resource } = fc.letrec(tie => ({
  value: fc.dictionary(
    word.filter(key => key !== '__proto__' && key !== '<<'),
    tie('any'),
    { maxKeys: 4 },
  ),
  any: fc.oneof(
    { maxDepth: 4 },
    word,
    fc.integer(),
    fc.double({ noNaN: true, noDefaultInfinity: true }).map(number => number + 0),
    fc.boolean(),
    fc.constant(null),
    fc.array(tie('any'), { maxLength: 3 }),
    tie('value'),
  ),
}));

test('what is printed means the same to a YAML 1.1 and a YAML 1.2 reader, alone and as an item', () => {
  fc.assert(
    fc.property(resource, fc.nat(4), (object, indent) => {
      const plain: unknown = JSON.parse(JSON.stringify(object));
      for (const version of ['1.1', '1.2'] as const) {
        assert.deepEqual(parseYaml(print(plain as object), { version }), plain);
        assert.deepEqual(parseYaml(printItem(plain as object, indent) + printItem({ a: 1 }, indent), { version }), [
          plain,
          { a: 1 },
        ]);
      }
    }),
    { numRuns: 500 },
  );
});
