import { test } from 'node:test';
import { check, documents, needsKustomize, shownIn } from '../console.ts';
import * as tools from './tools.ts';

for (const shown of documents.flatMap(shownIn).filter(needsKustomize)) {
  test(`${shown.file}:${shown.line} shows the output of: ${shown.command}`, tools.needsKustomize, () =>
    check(shown, tools.environment),
  );
}
