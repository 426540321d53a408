import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { root, stdoutOf, wayout } from './tools.ts';

const item = {
  apiVersion: 'networking.gloo.solo.io/v2',
  kind: 'ExternalService',
  metadata: { name: 'rates', namespace: 'shop' },
  spec: { hosts: ['rates.example'], ports: [{ name: 'https', number: 443, protocol: 'HTTPS' }] },
};
const other = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'words' }, data: { text: '€ä𝄞' } };
const list = (apiVersion: string) => JSON.stringify({ apiVersion, kind: 'ResourceList', items: [other, item] });
const input = list('config.kubernetes.io/v1');

test('wayout krm takes JSON, of v1 and v1beta1, and gives the same bytes each time', () => {
  const stdout = stdoutOf(wayout(['krm'], input));
  const answer = JSON.parse(stdout);
  assert.deepEqual(answer.items[0], other);
  assert.equal(answer.items[1].kind, 'ServiceEntry');
  assert.equal(wayout(['krm'], input).stdout, stdout);
  const beta = wayout(['krm'], list('config.kubernetes.io/v1beta1'));
  assert.equal(beta.stdout, stdout.replace('kubernetes.io/v1', 'kubernetes.io/v1beta1'));
});

test('wayout krm waits for a pipe whose bytes trickle in, cut within a character', async () => {
  const child = spawn(join(root, 'plugin/wayout'), ['krm']);
  let stdout = '';
  child.stdout.setEncoding('utf8').on('data', text => {
    stdout += text;
  });
  const bytes = Buffer.from(input);
  const middle = bytes.indexOf('𝄞') + 2;
  for (const part of [bytes.subarray(0, 1), bytes.subarray(1, middle), bytes.subarray(middle)]) {
    await setTimeout(150);
    child.stdin.write(part);
  }
  await setTimeout(150);
  child.stdin.end();
  const [status] = await once(child, 'close');
  assert.deepEqual({ status, stdout }, { status: 0, stdout: wayout(['krm'], input).stdout });
});
