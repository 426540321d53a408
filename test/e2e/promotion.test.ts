import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { appendFileSync, cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { parseAllDocuments } from 'yaml';
import { environment, needsKustomize, root, stdoutOf } from './tools.ts';

// The scripts of argocd/environments with the real Git and kustomize: a remote, a clone, and three environments.
const work = mkdtempSync(join(tmpdir(), 'wayout promotion '));
after(() => rmSync(work, { recursive: true }));
const clone = join(work, 'clone');
const identity = {
  GIT_AUTHOR_NAME: 'test',
  GIT_AUTHOR_EMAIL: 'test@example.com',
  GIT_COMMITTER_NAME: 'test',
  GIT_COMMITTER_EMAIL: 'test@example.com',
};
const env = { ...environment, ...identity, PATH: `${join(root, 'plugin')}:${environment.PATH}` };
const run = (program: string, args: readonly string[], cwd = clone) =>
  spawnSync(program, args, { cwd, env, encoding: 'utf8' });
const git = (...args: readonly string[]): string => stdoutOf(run('git', args));
const script = (name: string, ...args: readonly string[]) => run(join('environments/ci', name), args);

const ledger = `---
apiVersion: networking.gloo.solo.io/v2
kind: ExternalService
metadata:
  name: ledger
  namespace: shop
spec:
  hosts:
  - ledger.example
  ports:
  - name: https
    number: 443
    protocol: HTTPS
`;

/** What docs/promotion.md shows under a marker; UPDATE=1 rewrites it. */
function shows(marker: string, text: string): void {
  const file = join(root, 'docs/promotion.md');
  const document = readFileSync(file, 'utf8');
  const [begin, end] = [`<!-- ${marker} -->\n`, `<!-- end of ${marker} -->`];
  const [head = '', rest = ''] = document.split(begin);
  const tail = rest.slice(rest.indexOf(end));
  if (process.env.UPDATE === '1') writeFileSync(file, `${head}${begin}${text}${tail}`);
  else assert.equal(rest.slice(0, rest.indexOf(end)), text, `${file} is stale`);
}

/** A quotation, so that headings of a comment are none of the document. */
const quoted = (text: string): string => text.replace(/^/gm, '> ').replace(/^> $/gm, '>').replace(/>\n?$/, '');

describe('promotion', needsKustomize, () => {
  const next = (name: string): string => git('rev-parse', `origin/environments/${name}-next`);

  test('renders each environment to its branch', () => {
    run('git', ['init', '--quiet', '--bare', '--initial-branch=main', join(work, 'remote.git')], work);
    run('git', ['clone', '--quiet', join(work, 'remote.git'), clone], work);
    git('checkout', '--quiet', '-b', 'main');
    cpSync(join(root, 'argocd/environments'), join(clone, 'environments'), { recursive: true });
    for (const name of ['dev', 'staging', 'production']) {
      const tree = git('hash-object', '-t', 'tree', '-w', '/dev/null').trim();
      git(
        'push',
        '--quiet',
        'origin',
        `${git('commit-tree', tree, '-m', 'An empty environment').trim()}:refs/heads/environments/${name}`,
      );
    }
    git('add', '.');
    git('commit', '--quiet', '--message=Three environments');
    git('push', '--quiet', 'origin', 'main');
    git('fetch', '--quiet');
    stdoutOf(script('render.sh'));
    git('fetch', '--quiet');
    assert.match(
      git('ls-tree', '--name-only', 'origin/environments/production-next'),
      /^shop-serviceentry-payments\.yaml$/m,
    );
    // Somebody merges.
    for (const name of ['dev', 'staging', 'production'])
      git('push', '--quiet', 'origin', `origin/environments/${name}-next:environments/${name}`);
    git('fetch', '--quiet');
  });

  test('commits nothing where nothing changes', () => {
    const before = ['dev', 'staging', 'production'].map(next);
    git('commit', '--quiet', '--allow-empty', '--message=Nothing');
    stdoutOf(script('render.sh'));
    git('fetch', '--quiet');
    assert.deepEqual(['dev', 'staging', 'production'].map(next), before);
  });

  test('reviews a change of the sources; docs/promotion.md shows the comment', () => {
    git('checkout', '--quiet', '-b', 'change');
    const access = join(clone, 'environments/base/access.yaml');
    appendFileSync(access, '      - POST\n');
    appendFileSync(join(clone, 'environments/base/payments.yaml'), ledger);
    git('add', '.');
    git('commit', '--quiet', '--message=Ledger, and payments can be made');
    const { status, stderr } = script('review.sh', 'origin/main');
    assert.equal(status, 4, stderr);
    const review = readFileSync(join(clone, 'review.md'), 'utf8');
    assert.deepEqual(review.match(/^## .*$/gm), ['## dev', '## staging', '## production']);
    const folded = review.slice(review.indexOf('## production')).replace(/```diff\n.*?```/s, '```diff\n…\n```');
    shows('the comment of a pull request', quoted(folded));
    assert.equal(git('worktree', 'list').trim().split('\n').length, 1);
  });

  test('reviews the promotion of what was rendered, and only the files of what changed differ', () => {
    stdoutOf(script('render.sh'));
    git('fetch', '--quiet');
    const branches = ['origin/environments/production', 'origin/environments/production-next'] as const;
    const { status, stdout } = run('wayout', [
      'diff',
      ...branches.map(branch => `${branch}:.`),
      '--format',
      'markdown',
      '--fail-on',
      'opens',
    ]);
    assert.equal(status, 4);
    const review = readFileSync(join(clone, 'review.md'), 'utf8');
    assert.equal(`## production\n${stdout}`, review.slice(review.indexOf('## production')));
    assert.deepEqual(
      git('diff', '--name-only', ...branches)
        .trim()
        .split('\n'),
      ['istio-gateways-authorizationpolicy-payments--shop--egress.yaml', 'shop-serviceentry-ledger.yaml'],
    );
  });

  test('a mistake is no review', () => {
    appendFileSync(join(clone, 'environments/base/payments.yaml'), '  port: 80\n');
    const { status, stderr } = script('review.sh', 'origin/main');
    assert.equal(status, 1);
    assert.match(stderr, /WO1202/);
    git('checkout', '--quiet', '.');
  });

  test('an environment that goes is reviewed as a whole', () => {
    git('rm', '--quiet', '-r', 'environments/staging');
    git('commit', '--quiet', '--message=No staging');
    const { status } = script('review.sh', 'HEAD');
    assert.equal(status, 0);
    assert.equal(script('review.sh', 'HEAD~1').status, 0);
    assert.match(
      readFileSync(join(clone, 'review.md'), 'utf8'),
      /## staging\n### Egress: 2 no longer reachable\. Nothing opens/,
    );
  });
});

test('the recipes for GitHub, GitLab, the hydrator and the promoter are YAML, and name what is there', () => {
  const recipe = (file: string): string => readFileSync(join(root, 'argocd/environments', file), 'utf8');
  for (const file of ['ci/github.yaml', 'ci/gitlab.yaml', 'hydrator.yaml', 'promoter.yaml']) {
    for (const { errors } of parseAllDocuments(recipe(file))) assert.deepEqual(errors, [], file);
  }
  for (const file of ['ci/github.yaml', 'ci/gitlab.yaml'])
    for (const [name] of recipe(file).matchAll(/ci\/\w+\.sh/g)) assert.ok(recipe(name).startsWith('#!'), name);
  const branches = recipe('promoter.yaml').match(/(?<=branch: ).*/g);
  assert.deepEqual(branches, ['environments/dev', 'environments/staging', 'environments/production']);
});
