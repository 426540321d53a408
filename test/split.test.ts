import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Report } from '../src/diagnostics/report.ts';
import { readDocuments, writeDocuments } from '../src/io/documents.ts';
import { splitDocuments } from '../src/yaml/split.ts';

const texts = (text: string): readonly string[] => splitDocuments(text, new Report()).map(slice => slice.text);

const documents: readonly { readonly shows: string; readonly text: string; readonly slices: readonly string[] }[] = [
  { shows: 'two documents', text: 'a: 1\n---\nb: 2\n', slices: ['a: 1\n', 'b: 2\n'] },
  { shows: 'marks at both ends', text: '---\na: 1\n...\n---\nb: 2\n---\n', slices: ['a: 1\n', 'b: 2\n'] },
  { shows: 'no line end at the end', text: 'a: 1\n---\nb: 2', slices: ['a: 1\n', 'b: 2'] },
  { shows: 'carriage returns', text: '---\r\na: 1\r\n---\r\nb: 2\r\n', slices: ['a: 1\r\n', 'b: 2\r\n'] },
  { shows: 'documents of comments alone', text: '# licence\n---\na: 1\n---\n\n  # none\n---\n', slices: ['a: 1\n'] },
  {
    shows: 'a mark inside block text',
    text: 'a: |\n  ---\n  b\n---\nc: 1\n',
    slices: ['a: |\n  ---\n  b\n', 'c: 1\n'],
  },
  { shows: 'a word that begins like a mark', text: 'a: 1\n---b: 2\n', slices: ['a: 1\n---b: 2\n'] },
  {
    shows: 'content beside the mark',
    text: '--- {a: 1}\n--- # note\nb: 2\n',
    slices: [' {a: 1}\n', ' # note\nb: 2\n'],
  },
  { shows: 'a directive', text: '%YAML 1.2\n# note\n---\na: 1\n', slices: ['a: 1\n'] },
  { shows: 'JSON', text: '{"a": 1}\n', slices: ['{"a": 1}\n'] },
  { shows: 'a separator that ends no line', text: 'a: "x\u2028--- y"\n', slices: ['a: "x\u2028--- y"\n'] },
  { shows: 'nothing', text: '', slices: [] },
];

for (const { shows, text, slices } of documents) {
  test(`documents: ${shows}`, () => assert.deepEqual(texts(text), slices));
}

test('a slice knows its file, line, column and index', () => {
  const text = '# one\na: 1\n--- {b: 2}\n---\nc: 3\n';
  const slices = splitDocuments(text, new Report(), 'x.yaml');
  assert.deepEqual(
    slices.map(({ file, line, column, index }) => ({ file, line, column, index })),
    [
      { file: 'x.yaml', line: 1, column: 1, index: 0 },
      { file: 'x.yaml', line: 3, column: 4, index: 1 },
      { file: 'x.yaml', line: 5, column: 1, index: 2 },
    ],
  );
});

test('a byte order mark is no part of a slice', () => {
  const bytes = new TextEncoder().encode('\uFEFFa: 1\n');
  assert.deepEqual(
    readDocuments(bytes, undefined, new Report()).map(({ text }) => text),
    ['a: 1\n'],
  );
});

for (const [shows, bytes, offset] of [
  ['a lone continuation byte', [0x61, 0x3a, 0x20, 0x80, 0x0a], 3],
  ['a character that is cut off', [0x61, 0x3a, 0x20, 0xc3], 3],
  ['a byte behind a longer character', [0xc3, 0xa9, 0x80], 2],
  ['UTF-16', [0xff, 0xfe, 0x61, 0x00], 0],
] as const) {
  test(`not UTF-8: ${shows}`, () => {
    const report = new Report();
    assert.deepEqual(readDocuments(Uint8Array.from(bytes), 'x.yaml', report), []);
    assert.deepEqual(
      report.diagnostics.map(({ code, where, message }) => [code, where?.file, message.includes(`offset ${offset} `)]),
      [['WO1001', 'x.yaml', true]],
    );
  });
}

test('a directive that may change what tags mean is an error', () => {
  const report = new Report();
  splitDocuments('a: 1\n...\n%TAG !e! tag:example.com,2000:\n---\nb: 2\n', report, 'x.yaml');
  assert.deepEqual(
    report.diagnostics.map(({ code, where }) => [code, where?.position]),
    [['WO1012', { line: 3, column: 1 }]],
  );
});

test('documents are written as they came, generated ones between them', () => {
  const report = new Report();
  const [first, second] = readDocuments(new TextEncoder().encode('# note\na: [1]\n---\n{"b": 2}'), undefined, report);
  assert.ok(first && second);
  const resource = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'on' } };
  const made = { resource, from: { resource, slice: first } };
  assert.equal(
    writeDocuments([first, made, second]),
    '# note\na: [1]\n---\napiVersion: v1\nkind: Namespace\nmetadata:\n  name: "on"\n---\n{"b": 2}\n',
  );
  assert.equal(writeDocuments([]), '');
  assert.equal(writeDocuments([{ ...first, form: 'block', text: '- a: 1\n  b: 2\n' }]), '  a: 1\n  b: 2\n');
});
