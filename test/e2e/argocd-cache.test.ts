import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, describe, test } from 'node:test';
import { commit, repository, service } from './argocd/repository.ts';
import { type Log, needsArgocd, shipped, useArgocd } from './argocd/servers.ts';

describe("the plugin and Argo CD's cache, through the real servers", needsArgocd, () => {
  const servers = useArgocd();
  let log: Log;
  before(async () => {
    log = await servers.plugin(shipped());
  });
  const plugin = { name: 'wayout' };
  const runs = () => log().filter(({ msg }) => msg.endsWith('wayout generate')).length;

  test('one revision is rendered once; a hard refresh renders again, as a new version of the plugin needs', async () => {
    const pay = repository(servers.work, { 'pay.yaml': service('pay') });
    commit(pay);
    const before = runs();
    const first = await servers.refresh({ repository: pay, plugin });
    const second = await servers.refresh({ repository: pay, plugin });
    assert.deepEqual([first.error, first.manifests], ['', second.manifests]);
    assert.equal(runs() - before, 1);
    assert.deepEqual((await servers.refresh({ repository: pay, plugin, hard: true })).manifests, first.manifests);
    assert.equal(runs() - before, 2);
  });

  test('three errors in a row are kept; the message says that it is cached, and is otherwise the same', async () => {
    const wrong = repository(servers.work, { 'pay.yaml': service('pay').replace('443', '0') });
    commit(wrong);
    const errors: string[] = [];
    for (let attempt = 0; attempt < 5; attempt += 1)
      errors.push((await servers.refresh({ repository: wrong, plugin })).error);
    const cached = errors.map(error => error.includes('Manifest generation error (cached): '));
    assert.deepEqual(cached, [false, false, false, true, true]);
    for (const error of errors)
      assert.match(error, / failed exit status 1: pay\.yaml:11:13: error: ExternalService\/shop\/pay /);
  });

  test('a new commit ends that', async () => {
    const mended = repository(servers.work, { 'pay.yaml': service('pay').replace('443', '0') });
    commit(mended);
    for (let attempt = 0; attempt < 4; attempt += 1) await servers.refresh({ repository: mended, plugin });
    writeFileSync(join(mended, 'pay.yaml'), service('pay'));
    commit(mended);
    const { manifests, error } = await servers.refresh({ repository: mended, plugin });
    assert.deepEqual([manifests.length, error], [1, '']);
  });
});
