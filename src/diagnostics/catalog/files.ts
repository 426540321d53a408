import { error, warning } from './entry.ts';

/** WO1101 to WO1119: files and folders. */
export const files = {
  WO1101: error('No such file or folder', ({ path }: { path: string }) => ({
    message: `there is no file or folder ${path}`,
  })),
  WO1102: error('A link leaves the folder', ({ target, folder }: { target: string; folder: string }) => ({
    message: `the link leads to ${target}, outside ${folder}`,
    hint: 'copy the file, or name the folder that holds both',
  })),
  WO1103: error('A file cannot be read', ({ path, reason }: { path: string; reason: string }) => ({
    message: `${path} cannot be read: ${reason}`,
  })),
  WO1104: error('A folder without manifests', ({ path }: { path: string }) => ({
    message: `${path} holds no *.yaml, *.yml or *.json file with a Kubernetes object`,
    hint: 'name the folder that holds the manifests; wayout render --help says which files count',
  })),
  WO1105: error('The configuration is not one object', ({ count }: { count: number }) => ({
    message: `--config takes one EgressConfig, and this file has ${count} objects`,
    hint: 'leave one, or pass the file beside the manifests instead',
  })),
  WO1106: error('A file is in the way', ({ path }: { path: string }) => ({
    message: `${path} is to be written, but wayout did not write the one that is there`,
    hint: 'move it away, or give --output a folder of its own',
  })),
  WO1107: error('A file cannot be written', ({ path, reason }: { path: string; reason: string }) => ({
    message: `${path} cannot be written: ${reason}`,
  })),
  WO1108: warning('A file that nothing yields any more', ({ path }: { path: string }) => ({
    message: `${path} was written by wayout, and nothing yields it any more: what it opens stays open`,
    hint: '--prune removes it',
  })),
  WO1109: error('An input was not rendered', ({ object }: { object: string }) => ({
    message: `${object} is still here: the step that renders it did not run`,
    hint: 'kustomize needs both --enable-alpha-plugins and --enable-exec, and without the second it skips the function silently',
  })),
  WO1110: error('An empty stream', () => ({
    message: 'standard input is empty',
    hint: 'the command before the pipe may have failed: in a script, set -o pipefail',
  })),
};
