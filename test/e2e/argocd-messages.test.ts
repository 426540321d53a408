import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, describe, test } from 'node:test';
import type { Application } from './argocd/application.ts';
import { commit, repository, service } from './argocd/repository.ts';
import { needsArgocd, shipped, useArgocd } from './argocd/servers.ts';
import { root } from './tools.ts';

/** The rows of docs/argocd.md, in its order: of each the messages that stand in its first cell; `…` stands for anything. */
const rows = (() => {
  const page = readFileSync(join(root, 'docs/argocd.md'), 'utf8');
  const table = page.split('| Argo CD says |')[1]?.split('\n\n')[0] ?? '';
  return [...table.matchAll(/^\| (`.*?) \| /gm)].map(([, cell = '']) =>
    [...cell.matchAll(/(`+) ?(.*?) ?\1(?!`)/g)].map(([, , words = '']) => words),
  );
})();

/** Whether an error has the words of a message, to its end unless it ends with `…`. */
function bears(error: string, message: string): boolean {
  const parts = message.split(/ ?… ?/).map(part => part.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'));
  return new RegExp(`${parts.join('[^]*')}$`).test(error.replaceAll(join(root, 'plugin'), '/opt/wayout'));
}

describe('the messages that docs/argocd.md explains are those of the real servers', needsArgocd, () => {
  const servers = useArgocd();
  const wrong = { 'pay.yaml': service('pay').replace('443', '0') };
  before(async () => {
    await servers.plugin(shipped());
    for (const [name, command] of Object.entries({ slow: ['sleep', '20'], lost: ['nowhere'] }))
      await servers.plugin({ ...shipped(), metadata: { name }, spec: { generate: { command } } });
  });
  const render = (name: string, files: Parameters<typeof repository>[1], more: Partial<Application> = {}) =>
    servers.render({ repository: repository(servers.work, files), plugin: { name }, ...more });
  const committed = (files: Parameters<typeof repository>[1]): Application => {
    const folder = repository(servers.work, files);
    commit(folder);
    return { repository: folder, plugin: { name: 'wayout' } };
  };

  const situations: Readonly<Record<string, () => Promise<{ readonly error: string }>>> = {
    'could not find': () => render('wayout-v9', wrong),
    'exit status 1': () => render('wayout', wrong),
    killed: () => render('slow', wrong, { seconds: 1 }),
    'error sending file': // Sending it takes longer than that.
      () => render('wayout', { 'image.txt': randomBytes(20e6).toString('base64') }, { seconds: 0.1 }),
    cached: async () => {
      const application = committed(wrong);
      for (let attempt = 0; attempt < 3; attempt += 1) await servers.refresh(application);
      return servers.refresh(application);
    },
    'out-of-bounds': () =>
      servers.refresh(committed({ 'pay.yaml': service('pay'), 'x.yaml': { link: '/etc/passwd' } })),
    'not found in $PATH': () => render('lost', wrong),
  };
  for (const [words, provoke] of Object.entries(situations)) {
    test(words, async () => {
      const messages = rows.find(row => row.some(text => text.includes(words))) ?? [];
      const { error } = await provoke();
      assert.ok(
        messages.some(message => bears(error, message)),
        `${messages.join('\n')}\n${error}`,
      );
    });
  }

  test('no message is explained that no test has seen, but for a bug of ours', () => {
    const seen = (row: readonly string[]) =>
      Object.keys(situations).some(words => row.some(text => text.includes(words)));
    assert.deepEqual(
      rows.filter(row => !seen(row)),
      [['… failed exit status 3: wayout: internal error']],
    );
  });
});
