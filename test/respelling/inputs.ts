import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type CaseCommand, commandOf } from '../command-of.ts';
import { streamOf } from '../worlds/rendered.ts';
import type { World } from '../worlds.ts';

/** What a user gives: files by their path in a folder, and the command that is run there. */
export interface Input {
  readonly name: string;
  /** The folder in which everything else is that the command looks at, such as links. */
  readonly folder?: string;
  readonly files: ReadonlyMap<string, string>;
  readonly command: CaseCommand;
}

const root = join(import.meta.dirname, '../../../test');

/** What belongs to the test and not to the user. */
const ofTheTest = /^(?:output\.yaml|calls\.yaml|diagnostics\.txt|diff\.\w+)$/;

/** The folders of test/cases. */
export const cases = (): readonly Input[] =>
  folders('cases').map(folder => {
    const command = commandOf(folder);
    const args = command.args[0] === 'krm' ? command.args : [...command.args, '--format', 'json'];
    return { name: nameOf(folder), folder, files: filesIn(folder), command: { ...command, args } };
  });

/** The folders of test/diff-cases. */
export const diffCases = (): readonly Input[] =>
  folders('diff-cases').map(folder => {
    const files = filesIn(folder);
    const [base, head] = ['base', 'head'].map(side => (files.has(`${side}.yaml`) ? `${side}.yaml` : side));
    return { name: nameOf(folder), folder, files, command: diffOf(base, head) };
  });

const diffOf = (base = 'base.yaml', head = 'head.yaml'): CaseCommand => ({
  args: ['diff', base, head, '--fail-on', 'opens', '--format', 'json'],
});

/** A world as a user would render it. */
export const renderOf = (world: World): Input => ({
  name: 'a world',
  files: new Map([
    ['input.yaml', streamOf(world)],
    ['config.yaml', world.config],
  ]),
  command: { args: ['render', 'input.yaml', '--config', 'config.yaml', '--format', 'json'] },
});

/** What two worlds were rendered to, as a user would compare it. */
export const comparisonOf = ([base, head]: readonly [string, string]): Input => ({
  name: 'two worlds',
  files: new Map([
    ['base.yaml', base],
    ['head.yaml', head],
  ]),
  command: diffOf(),
});

const folders = (kind: string): readonly string[] =>
  readdirSync(join(root, kind))
    .sort()
    .map(name => join(root, kind, name));

const nameOf = (folder: string): string => folder.slice(root.length + 1);

const filesIn = (folder: string): ReadonlyMap<string, string> =>
  new Map(
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter(entry => entry.isFile() && !ofTheTest.test(entry.name))
      .map(entry => join(entry.parentPath, entry.name))
      .sort()
      .map(path => [path.slice(folder.length + 1), readFileSync(path, 'utf8')]),
  );

/** Whether a file holds documents that a user may spell as he likes. */
export const isDocuments = (path: string): boolean => /\.ya?ml$|^input.*\.json$/.test(path);
