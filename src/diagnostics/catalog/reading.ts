import { error } from './entry.ts';

/** WO10xx: texts that cannot be read. */
export const reading = {
  WO1001: error('The input is not UTF-8', ({ byte }: { byte: number }) => ({
    message: `the text is not UTF-8: the byte at offset ${byte} belongs to no character`,
    hint: 'save the file as UTF-8',
  })),
  WO1002: error('A tab as indentation', () => ({
    message: 'a tab stands where YAML wants spaces',
    hint: 'indent with spaces',
  })),
  WO1003: error('Text that ends too early', ({ missing }: { missing: string }) => ({
    message: `the text is cut off or a closing mark is missing: ${missing}`,
    hint: 'close every quote and bracket; if the file ends here, it was not written completely',
  })),
  WO1004: error('A key that stands twice', ({ key }: { key: string }) => ({
    message: `the key "${key}" stands twice in one mapping`,
    hint: 'remove one of the two: readers differ in which one they take',
  })),
  WO1005: error('A tag that YAML does not define', ({ tag }: { tag: string }) => ({
    message: `unknown tag ${tag}`,
    hint: 'remove the tag, or put quotes around a text that begins with an exclamation mark',
  })),
  WO1006: error('Nested too deeply', ({ limit }: { limit: number }) => ({
    message: `the text is nested more than ${limit} levels deep`,
    hint: 'no Kubernetes object needs this: check what made the file',
  })),
  WO1007: error('Aliases that multiply', ({ alias }: { alias?: string }) => ({
    message: `the aliases of this text${alias === undefined ? '' : `, up to *${alias},`} stand for far more than was written`,
    hint: 'write the values out instead of referring to anchors that refer to anchors',
  })),
  WO1008: error('An alias without an anchor', ({ alias }: { alias: string }) => ({
    message: `the alias *${alias} has no anchor &${alias} before it that it may refer to`,
    hint: 'write the value itself, or put quotes around a text that begins with an asterisk',
  })),
  WO1009: error('Not valid YAML', ({ problem }: { problem: string }) => ({
    message: `this is not valid YAML: ${problem}`,
    hint: 'check indentation, quotes and brackets here and on the line above',
  })),
  WO1010: error('Not a ResourceList', ({ found }: { found: string }) => ({
    message: `standard input is not a ResourceList of config.kubernetes.io/v1 or config.kubernetes.io/v1beta1: ${found}`,
    hint: 'run wayout krm from kustomize or kpt, or use wayout render for plain manifests',
  })),
  WO1011: error('Items that are no list', ({ problem }: { problem: string }) => ({
    message: `the list cannot be read item by item: ${problem}`,
    hint: 'write apiVersion, kind and items as plain keys, and items as a list',
  })),
  WO1013: error('A misspelled key of a ResourceList', ({ key, known }: { key: string; known: string }) => ({
    message: `a ResourceList has no key "${key}": a similar key is ${known}`,
    hint: `write ${known}`,
  })),
  WO1012: error('A YAML directive', ({ directive }: { directive: string }) => ({
    message: `the directive ${directive} is not supported`,
    hint: 'remove it; only %YAML is accepted',
  })),
};
