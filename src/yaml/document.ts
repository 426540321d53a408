import { type Document, isAlias, type Node, type ParsedNode, parseDocument, visit, type YAMLError } from 'yaml';
import type { Report } from '../diagnostics/report.ts';
import { depthLimit, isTooDeep } from './depth.ts';
import { positionAt, type Slice, withoutDash } from './slice.ts';

/** Enough for a list in which every item repeats a few anchors; far below what an alias bomb needs. */
const aliasLimit = 10_000;

/** The YAML tree of a slice; offsets in it are offsets in the slice's text. Undefined once a mistake was reported. */
export function readDocument(slice: Slice, report: Report): Document.Parsed | undefined {
  const text = withoutDash(slice);
  if (isTooDeep(text)) {
    report.add('WO1006', { slice }, { limit: depthLimit });
    return undefined;
  }
  const document = guarded(slice, report, () => parseTree(text));
  const mistake = document?.errors[0] ?? document?.warnings[0];
  if (document === undefined) return undefined;
  if (mistake === undefined) return aliasesHold(slice, document, report) ? document : undefined;
  addMistake(slice, mistake, report);
  return undefined;
}

/** The tree of a slice that has been read before; undefined where it cannot be read. */
export function treeOf(slice: Slice): Document.Parsed | undefined {
  const text = withoutDash(slice);
  return isTooDeep(text) ? undefined : parseTree(text);
}

/** The value of a tree with aliases resolved; undefined once an alias was reported. */
export function resolve(slice: Slice, document: Document.Parsed, report: Report): unknown {
  return guarded(slice, report, () => document.toJS({ maxAliasCount: aliasLimit }));
}

const parseTree = (text: string): Document.Parsed<ParsedNode> =>
  parseDocument(text, {
    version: '1.2',
    schema: 'core',
    merge: true,
    uniqueKeys: true,
    prettyErrors: false,
    keepSourceTokens: true,
    logLevel: 'silent',
  });

/** Runs `yaml`; what it throws on hostile texts becomes a diagnostic. */
function guarded<T>(slice: Slice, report: Report, work: () => T): T | undefined {
  try {
    return work();
  } catch (thrown) {
    // A stack that overflowed on a nesting that the scan could not see.
    if (thrown instanceof RangeError) report.add('WO1006', { slice }, { limit: depthLimit });
    // Every alias has an anchor by now: `yaml` throws this one where they multiply.
    else if (thrown instanceof ReferenceError) report.add('WO1007', { slice }, {});
    // A merge of what is no mapping, and whatever else it finds only as it makes the value.
    else report.add('WO1009', { slice }, { problem: thrown instanceof Error ? thrown.message : String(thrown) });
    return undefined;
  }
}

/** Whether each alias has an anchor before it, and not around it: a value that contains itself would never end. */
function aliasesHold(slice: Slice, document: Document.Parsed, report: Report): boolean {
  if (!slice.text.includes('*')) return true;
  const anchored = new Map<string, Node>();
  let holds = true;
  visit(document, {
    Node(_, node) {
      if (!isAlias(node)) {
        if (node.anchor !== undefined) anchored.set(node.anchor, node);
        return undefined;
      }
      const offset = node.range?.[0] ?? 0;
      holds = offset >= (anchored.get(node.source)?.range?.[2] ?? Number.POSITIVE_INFINITY);
      if (holds) return undefined;
      report.add('WO1008', { slice, position: positionAt(slice.text, offset) }, { alias: node.source });
      return visit.BREAK;
    },
  });
  return holds;
}

function addMistake(slice: Slice, { code, message, pos }: YAMLError, report: Report): void {
  const where = { slice, position: positionAt(slice.text, pos[0]) };
  const near = slice.text.slice(pos[0]);
  if (near.trim() === '') {
    report.add('WO1003', where, { missing: message });
    return;
  }
  switch (code) {
    case 'RESOURCE_EXHAUSTION':
      report.add('WO1006', where, { limit: depthLimit });
      break;
    case 'TAB_AS_INDENT':
      report.add('WO1002', where, {});
      break;
    case 'MISSING_CHAR':
      report.add('WO1003', where, { missing: message });
      break;
    case 'DUPLICATE_KEY':
      report.add('WO1004', where, { key: /^"?'?([^\s:"']*)/.exec(near)?.[1] ?? '' });
      break;
    case 'TAG_RESOLVE_FAILED':
      report.add('WO1005', where, { tag: /^\S*/.exec(near)?.[0] ?? '' });
      break;
    default:
      report.add('WO1009', where, { problem: message });
  }
}
