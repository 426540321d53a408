import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { parse, parseDocument, stringify } from 'yaml';
import { print } from '../src/yaml/print.ts';
import { readPlain } from '../src/yaml/read-plain.ts';
import { objectsWith } from './values.ts';

/** The value of a text as `yaml` reads it for wayout; undefined where it finds a mistake. */
function readWhole(text: string): unknown {
  const document = parseDocument(text, { version: '1.2', schema: 'core', merge: true, prettyErrors: false });
  return document.errors.length + document.warnings.length > 0 ? undefined : document.toJS();
}

/** Compares both readers on a text; whether the plain one took it. */
function agree(text: string): boolean {
  const plain = readPlain(text);
  if (plain === undefined) return false;
  assert.deepEqual(plain, readWhole(text), JSON.stringify(text));
  return true;
}

const value = fc.constantFrom(
  ...[
    '',
    ' ',
    'api.example.com',
    '443',
    '-1',
    '0',
    '-0',
    '007',
    '0o17',
    '0x1f',
    '1e3',
    '1.5',
    '1.',
    '.5',
    '1_000',
    '+1',
  ],
  ...[
    'true',
    'True',
    'yes',
    'on',
    'null',
    'Null',
    '~',
    'nan',
    '.inf',
    '5s',
    '10.0.0.0/8',
    '2001:db8::1',
    '12:30',
    '<<',
  ],
  ...[
    "'*.example.com'",
    '"a: b"',
    '"a\\n"',
    "'it''s'",
    "''",
    '""',
    '"x" # note',
    '"x"#',
    "'x' y",
    '"open',
    'it\'s "so"',
  ],
  ...[
    'a b',
    'a #b',
    'a#b',
    'a # b',
    '# only',
    'a: b',
    'a:b',
    'a:',
    ':',
    '- a',
    '-',
    '-a',
    '?',
    '? a',
    '[]',
    '{}',
    '[a, b]',
  ],
  ...[
    '{a: b}',
    '[',
    '&a',
    '&a b',
    '*a',
    '!t x',
    '!!str 5',
    '|',
    '|-',
    '|+',
    '|2',
    '| # note',
    '>',
    '>-',
    '%x',
    '@x',
    '`x',
  ],
  ...[
    'é ☃ \u{1F600}',
    'a\u00a0b',
    'a\u0085b',
    'a\u2028b',
    '\ufeff',
    'a\tb',
    'a  ',
    'constructor',
    'a]',
    'a, b',
    '...',
    '---',
  ],
);
const name = fc.constantFrom(
  ...[
    'a',
    'b',
    'c',
    'kind',
    'app.kubernetes.io/name',
    'A-b_c',
    'true',
    'null',
    'y',
    '1',
    '<<',
    '"q"',
    "'q'",
    '__proto__',
  ],
  ...['constructor', 'a b', '? a', '[a]', '-a', 'a:b', '~', ''],
);
const line = fc.oneof(
  {
    weight: 30,
    arbitrary: fc
      .tuple(
        fc.constantFrom('', '', '- '),
        fc.stringMatching(/^[a-z]$/),
        fc.constantFrom('', ' 1', ' api.example.com', ' "x"', ' |', ' # note'),
      )
      .map(([dash, key, text]) => `${dash}${key}:${text}`),
  },
  {
    weight: 8,
    arbitrary: fc.tuple(name, fc.constantFrom(': ', ':', ' : ', ':  '), value).map(parts => parts.join('')),
  },
  { weight: 3, arbitrary: value },
  { weight: 3, arbitrary: value.map(text => `- ${text}`) },
  { weight: 3, arbitrary: fc.tuple(name, value).map(([key, text]) => `- ${key}: ${text}`) },
  {
    weight: 2,
    arbitrary: fc.constantFrom('# note', '#', '-', '- - a', '-  a: 1', 'key:', '- key:', '---', '...', '%YAML 1.2'),
  },
);

test('of lines in any order and column, the plain reader takes none for something else', () => {
  let taken = 0;
  const lines = fc.array(fc.tuple(fc.constantFrom(0, 0, 0, 2, 2, 2, 4, 1, 3, 6), line), { minLength: 1, maxLength: 8 });
  fc.assert(
    fc.property(lines, fc.constantFrom('\n', '\n', '\n', '\r\n', '\n\n', '\n  \n'), fc.boolean(), (all, end, ended) => {
      const text = all.map(([column, text]) => ' '.repeat(column) + text).join(end) + (ended ? end : '');
      if (agree(text)) taken += 1;
    }),
    { numRuns: 20_000 },
  );
  assert.ok(taken > 300, `it took only ${taken}`);
});

test('of characters at random, the plain reader takes none for something else', () => {
  const unit = fc.constantFrom(
    ...'ab1:: \n\n  -#"\'|>&*!?{}[],%@`~.<=+é\t\r\\'.split(''),
    ': ',
    '- ',
    '\n  ',
    'a: ',
    '|\n  ',
  );
  fc.assert(
    fc.property(fc.array(unit, { maxLength: 30 }), units => {
      agree(`a: ${units.join('')}`);
      agree(units.join(''));
    }),
    { numRuns: 20_000 },
  );
});

/** Mappings and lists as people and hosts write them. */
const { node: written } = fc.letrec<{ node: readonly string[] }>(tie => ({
  node: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    fc.oneof(
      fc
        .constantFrom('api.example.com', '443', 'true', '"quoted: #1"', "'*.x'", '5s', '[]', '{}', '', 'text # note')
        .map(text => [text]),
      fc
        .tuple(
          fc.constantFrom('|', '|-'),
          fc.array(fc.constantFrom('- x: 1', '# no note', '', '  deeper', '"{}"', '---'), {
            minLength: 1,
            maxLength: 4,
          }),
        )
        .map(([style, lines]) => [style, ...['first', ...lines].map(text => (text === '' ? '' : `  ${text}`))]),
    ),
    fc
      .array(tie('node'), { minLength: 1, maxLength: 3 })
      .map(items => [
        '',
        ...items.flatMap(([first = '', ...rest], index) => [
          `key${index}:${first === '' ? '' : ` ${first}`}`,
          ...rest.map(text => (text === '' ? '' : `  ${text}`)),
        ]),
      ]),
    fc
      .array(
        tie('node').filter(([first = '', second = '']) => !first.startsWith('|') && !second.startsWith('-')),
        { minLength: 1, maxLength: 3 },
      )
      .map(items => [
        '',
        ...items.flatMap(([first = '', ...rest]) => {
          const [head = '', ...more] = first === '' ? rest : [first, ...rest];
          return [`- ${head.trimStart()}`, ...more.map(text => (text === '' ? '' : `  ${text}`))];
        }),
      ]),
  ),
}));

test('the plain reader takes nearly everything that is written plainly', () => {
  let taken = 0;
  let readable = 0;
  fc.assert(
    fc.property(fc.array(written, { minLength: 1, maxLength: 4 }), nodes => {
      const lines = nodes.flatMap(([first = '', ...rest], index) => [
        `top${index}:${first === '' ? '' : ` ${first}`}`,
        ...rest.map(text => (text === '' ? '' : `  ${text}`)),
      ]);
      const text = `${lines.join('\n')}\n`;
      if (readWhole(text) !== undefined) readable += 1;
      if (agree(text)) taken += 1;
    }),
    { numRuns: 3_000 },
  );
  assert.ok(taken > 0.9 * readable, `it took ${taken} of ${readable}`);
});

/** Texts of all kinds, among them whatever means something else to some reader. */
const text = fc.oneof(
  { weight: 3, arbitrary: value },
  { weight: 2, arbitrary: fc.stringMatching(/^[-+.:\d_eExobaTZ ]{0,12}$/) },
  { weight: 2, arbitrary: fc.string({ unit: 'grapheme' }) },
  fc.constantFrom(
    'y',
    'N',
    'Off',
    'NO',
    'yes ',
    '2020-01-01',
    '2020-1-1T1:1:1Z',
    '1:30.5',
    '0b1',
    '08',
    'a"b',
    'a"b\'c',
    '=',
    '+',
    '.',
  ),
);
const object = objectsWith(
  text,
  text.filter(key => key !== '__proto__'),
);

/** What is quoted where `yaml` leaves it bare, and what has several lines or characters that nobody sees: it is written with JSON's escapes. */
const exotic =
  /"(?:\+|<<|(?:---|\.\.\.)[^"]*|[-+.\deE][^"]*_[^"]*)"|\\[nrtbfu]|[\p{Cc}\p{Cs}\u2028\u2029\ufeff\ufffe\uffff]/u;

test('what is printed is what `yaml` would print, and the plain reader takes it for the same or declines', () => {
  fc.assert(
    fc.property(object, one => {
      const printed = print(one);
      for (const version of ['1.1', '1.2'] as const) assert.deepEqual(parse(printed, { version }), one);
      const plain = readPlain(printed);
      if (plain !== undefined) assert.deepEqual(plain, one);
      const options = {
        version: '1.1',
        compat: 'core',
        lineWidth: 0,
        indentSeq: false,
        aliasDuplicateObjects: false,
      } as const;
      if (!exotic.test(JSON.stringify(one))) assert.equal(printed, stringify(one, options));
    }),
    { numRuns: 5_000 },
  );
});
