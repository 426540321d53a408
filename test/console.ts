import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** The project's folder. */
const root = join(import.meta.dirname, '../..');

/** A command that a document shows, and the output that it shows below. */
export interface Shown {
  readonly file: string;
  readonly line: number;
  readonly command: string;
  readonly output: string;
}

/** The documents whose commands are run: what a newcomer reads. */
export const documents: readonly string[] = [
  'README.md',
  'docs/argocd.md',
  'docs/scale.md',
  'docs/kustomize.md',
  'docs/promotion.md',
  'argocd/environments/README.md',
  ...readdirSync(join(root, 'kustomize-examples'), { recursive: true, encoding: 'utf8' })
    .filter(path => path.endsWith('README.md'))
    .map(path => `kustomize-examples/${path}`)
    .sort(),
];

/** The fenced blocks of a document: their language, their text, and the line that it begins on. */
export function blocksOf(file: string): { readonly language: string; readonly text: string; readonly line: number }[] {
  const document = readFileSync(join(root, file), 'utf8');
  return [...document.matchAll(/^```(\S*)\n(.*?)^```$/gms)].map(({ 1: language = '', 2: text = '', index }) => ({
    language,
    text,
    line: document.slice(0, index).split('\n').length + 1,
  }));
}

/** The commands of a document's `console` blocks: a line that begins with `$ `, and its output up to the next one. */
export const shownIn = (file: string): Shown[] =>
  blocksOf(file)
    .filter(({ language }) => language === 'console')
    .flatMap(({ text, line }) => {
      assert.match(text, /^\$ /, `${file}:${line}: a console block begins with a command`);
      return [...text.matchAll(/^\$ ((?:.*\\\n)*.*)\n((?:(?!\$ ).*\n)*)/gm)].map(
        ({ 1: command = '', 2: output = '', index }) => ({
          file,
          line: line + text.slice(0, index).split('\n').length - 1,
          command,
          output,
        }),
      );
    });

/** Runs a command as the document shows it, and fails where it shows another output; UPDATE=1 rewrites the document. */
export function check({ file, line, command, output }: Shown, env: NodeJS.ProcessEnv = process.env): void {
  // The packages are there: a test runs from them.
  const script = command.replace('npm install && ', '');
  const { stdout } = spawnSync('bash', ['-c', `exec 2>&1\n${script}`], { cwd: root, env, encoding: 'utf8' });
  const actual = stdout.replace(/^\n(> .*\n)+\n/, '');
  if (process.env.UPDATE === '1' && actual !== output) {
    const text = readFileSync(join(root, file), 'utf8');
    writeFileSync(
      join(root, file),
      text.replace(`$ ${command}\n${output}`, () => `$ ${command}\n${actual}`),
    );
  } else {
    assert.equal(output, actual, `${file}:${line} is stale`);
  }
}

/** Whether a command needs the real kustomize. */
export const needsKustomize = ({ command }: Shown): boolean => /\bkustomize build\b|wayout diff argocd/.test(command);
