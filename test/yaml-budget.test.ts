import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';
import { parse, stringify } from 'yaml';
import { externalServices, foreign, list } from './bench/lists.ts';

// `yaml` reads some forty times slower than our reader: how many bytes it is given, for each byte of the input.

/** The share of a list that a render hands to `yaml`, however often. */
function shareOfYaml(input: string): number {
  const script = `import { Lexer } from ${JSON.stringify(import.meta.resolve('yaml'))};
import { krm } from ${JSON.stringify(new URL('../src/commands/krm.js', import.meta.url))};
import { readFileSync } from 'node:fs';
const { lex } = Lexer.prototype;
let given = 0;
Lexer.prototype.lex = function (text, ...rest) {
  given += text.length;
  return lex.call(this, text, ...rest);
};
const ignore = () => undefined;
process.exitCode = krm({ validate: false }, { stdin: () => readFileSync(0), stdout: ignore, stderr: ignore });
process.stdout.write(String(given));`;
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '--eval', script], {
    input,
    encoding: 'utf8',
  });
  assert.equal(status, 0, stderr);
  return Number(stdout) / input.length;
}

const plain = list([...foreign(100), ...externalServices(10, 3)]);
const ofOurs = list(externalServices(10, 3)).length / plain.length;

for (const [what, input, most] of [
  ['a plain list', plain, 0],
  ['an anchor in an object of others', plain.replace('replicas: 2', 'replicas: &two 2'), 0],
  ['the list as `yaml` prints it', stringify(parse(plain)), 0],
  ['an anchor in one object of ours', plain.replace('protocol: HTTP', 'protocol: &http HTTP'), 0.01],
  ['line ends of Windows', plain.replaceAll('\n', '\r\n'), ofOurs],
  ['JSON', JSON.stringify(parse(plain)), 0],
  ['an anchor in the frame of the list', plain.replace('kind: ResourceList', 'kind: &list ResourceList'), 1],
  // Once to cut the list, once for each item: nothing there says plainly what it is.
  ['quotes everywhere', stringify(parse(plain), { defaultStringType: 'QUOTE_DOUBLE' }), 2],
] as const) {
  test(`${what}: \`yaml\` gets at most ${most.toFixed(2)} of each byte`, () => {
    const share = shareOfYaml(input);
    assert.ok(share <= most, `it gets ${share.toFixed(3)}`);
    // What is bound to be beyond the plain style shows that the counter counts.
    assert.ok(most === 0 || share > 0);
  });
}
