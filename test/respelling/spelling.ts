import type { Chance } from './chance.ts';
import { type MapTree, type ScalarTree, type Tree, toValue } from './tree.ts';

/** The ways in which a document may be spelled again. */
export const kinds = [
  'quotes',
  'escapes',
  'scalars',
  'lines',
  'tags',
  'anchors',
  'merges',
  'flow',
  'json',
  'comments',
  'order',
  'explicit',
  'indents',
  'ends',
  'marks',
  'lists',
] as const;
export type Kind = (typeof kinds)[number];

/** Spells documents, each kind of respelling as often as the choices say; what it did is counted. */
export class Speller {
  /** How often each kind was used, by where: `escapes kind`. */
  readonly #counts: Map<string, number>;
  readonly #chance: Chance;
  readonly #kinds: ReadonlySet<Kind>;
  /** The anchors of the document, by what stands there. */
  #anchors = new Map<string, string>();
  #count = 0;
  #place = '';

  constructor(chance: Chance, allowed: readonly Kind[], counts: Map<string, number>) {
    this.#chance = chance;
    this.#kinds = new Set(allowed);
    this.#counts = counts;
  }

  /** Whether a kind is used here, in so many of a hundred cases. */
  may(kind: Kind, share: number, place = this.#place): boolean {
    if (!this.#kinds.has(kind) || !this.#chance.percent(share)) return false;
    const id = `${kind} ${place}`;
    this.#counts.set(id, (this.#counts.get(id) ?? 0) + 1);
    return true;
  }

  /** A document that ends its last line. */
  document(tree: Tree): string {
    this.#anchors = new Map();
    this.#place = 'document';
    if (!hasSources(tree) && this.may('json', 15)) return `${this.#json(toValue(tree))}\n`;
    const ordered = this.#ordered(tree);
    if (ordered.is === 'scalar' || this.may('flow', 15)) return `${this.#flow(ordered, 0)}\n`;
    const text = this.#lines(ordered, this.may('indents', 20) ? this.#chance.below(4) : 0).join('\n');
    return `${text}\n`;
  }

  /** JSON has no anchor, no comment and no plain text; what it has is spaces and escapes. */
  #json(value: unknown): string {
    const text = JSON.stringify(value, undefined, this.#chance.pick([undefined, 1, 2, 4]));
    if (!this.may('escapes', 30)) return text;
    return text.replace(/"(?:[^"\\]|\\.)*"/g, quoted =>
      quoted.replace(/\\u.{4}|\\.|[A-Za-z/]/g, letter =>
        letter.length === 1 && this.#chance.percent(5) ? (letter === '/' ? '\\/' : `\\u${hex(letter, 4)}`) : letter,
      ),
    );
  }

  #ordered(tree: Tree): Tree {
    if (tree.is === 'list') return { ...tree, items: tree.items.map(item => this.#ordered(item)) };
    if (tree.is === 'scalar') return tree;
    const entries = tree.entries.map(([key, value]) => [key, this.#ordered(value)] as const);
    return { ...tree, entries: this.may('order', 40) ? this.#chance.shuffled(entries) : entries };
  }

  /** The lines of a mapping or a list in block style. */
  #lines(tree: Exclude<Tree, ScalarTree>, column: number): readonly string[] {
    const margin = ' '.repeat(column);
    if (tree.is === 'list') {
      return tree.items.flatMap(item => [...this.#commentLines(margin), ...this.#item(item, column)]);
    }
    const [merged, own] = this.#merged(tree);
    // First, since what comes behind may refer to its anchors.
    const first = merged === undefined ? [] : `${margin}<<: ${this.#flow(merged, column)}`.split('\n');
    const entries = own.flatMap(([key, value]) => [
      ...this.#commentLines(margin),
      ...`${margin}${this.#entry(key, value, column)}`.split('\n'),
    ]);
    return [...first, ...entries];
  }

  #item(item: Tree, column: number): readonly string[] {
    const margin = ' '.repeat(column);
    const gap = this.may('indents', 20) ? 1 + this.#chance.below(3) : 1;
    if (item.is === 'map' && item.entries.length > 0 && !this.may('flow', 15)) {
      const [first = '', ...more] = this.#lines(item, column + 1 + gap);
      // A comment above the first key stands on a line of its own.
      if (first.trim().startsWith('#')) return [`${margin}-`, first, ...more];
      return [`${margin}-${first.slice(column + 1)}`, ...more];
    }
    return `${margin}-${this.#value(item, column)}`.split('\n');
  }

  #commentLines(margin: string): readonly string[] {
    return this.may('comments', 8)
      ? [`${margin}# ${this.#chance.pick(['note', 'kind: Service', '- a: "b', '---', "it's"])}`]
      : [];
  }

  /** A key and what stands behind it; lines behind the first one have their whole indentation. */
  #entry(key: ScalarTree, value: Tree, column: number): string {
    const before = this.#place;
    this.#place = placeOf(String(key.value), before);
    const name = this.#key(key);
    const text = name.startsWith('*') ? `${name} :` : `${name}:`;
    const entry = this.may('explicit', 4)
      ? `? ${name}\n${' '.repeat(column)}:${this.#value(value, column)}`
      : `${text}${this.#value(value, column)}`;
    this.#place = before;
    return entry;
  }

  #key(key: ScalarTree): string {
    const alias = this.#alias(key);
    if (alias !== undefined) return alias;
    return `${this.#properties(key)}${this.#oneLine(key)}`;
  }

  /** What stands behind a key's colon or a dash, with the space in between. */
  #value(tree: Tree, column: number): string {
    const alias = this.#alias(tree);
    if (alias !== undefined) return ` ${alias}${this.#comment()}`;
    const properties = this.#properties(tree);
    if (tree.is === 'scalar') return this.#scalar(tree, properties, column);
    const isEmpty = (tree.is === 'map' ? tree.entries : tree.items).length === 0;
    if (isEmpty || this.may('flow', 12)) return ` ${properties}${this.#flow(tree, column)}${this.#comment()}`;
    const least = tree.is === 'list' && properties === '' ? 0 : 1;
    const depth = column + (this.may('indents', 25) ? Math.max(least, this.#chance.below(5)) : 2);
    const head = properties === '' ? '' : ` ${properties.trimEnd()}`;
    return `${head}${this.#comment()}\n${this.#lines(tree, depth).join('\n')}`;
  }

  #comment(): string {
    return this.may('comments', 6) ? ` # ${this.#chance.pick(['note', 'kind: A', '"', '}'])}` : '';
  }

  #scalar(tree: ScalarTree, properties: string, column: number): string {
    const margin = ' '.repeat(column + 2);
    if (tree.source === undefined && typeof tree.value === 'string') {
      const block = this.may('scalars', 12) ? this.#block(tree.value, column) : undefined;
      if (block !== undefined) return ` ${properties}${block}`;
      const broken = this.may('lines', 8) ? this.#broken(tree.value, margin) : undefined;
      if (broken !== undefined) return ` ${properties}${broken}${this.#comment()}`;
    }
    const text = `${properties}${this.#oneLine(tree)}`;
    if (this.may('comments', 6)) return ` # above\n${margin}${text}${this.#comment()}`;
    return this.may('lines', 5) ? `\n${margin}${text}` : ` ${text}${this.#comment()}`;
  }

  /** A block scalar, where the text can be one. */
  #block(text: string, column: number): string | undefined {
    if (!/^[!-~\u00a1-\u1fff][ -~\n\u00a1-\u1fff]*$/.test(text) || /\n\s/.test(`${text}\n`.replace(/\n+$/, '\n')))
      return undefined;
    const margin = ' '.repeat(column + 1 + this.#chance.below(3));
    const body = text.replace(/\n+$/, '');
    const ends = text.length - body.length;
    const chomping = ends === 0 ? '-' : ends === 1 ? '' : '+';
    const isFolded = !/\n/.test(body) && !/^ | $| {2}/.test(body) && this.#chance.percent(50);
    const folded = isFolded
      ? body.replace(/(?<=\S) (?=\S)/g, space => (this.#chance.percent(30) ? '\n' : space))
      : body;
    const lines = folded.split('\n').map(line => (line === '' ? '' : margin + line));
    return `${isFolded ? '>' : '|'}${chomping}\n${lines.join('\n')}${'\n'.repeat(Math.max(0, ends - 1))}`;
  }

  /** A text in quotes over several lines: broken at a space, or anywhere behind a backslash. */
  #broken(text: string, margin: string): string | undefined {
    if (!/^[!-~]+(?: [!-~]+)*$/.test(text)) return undefined;
    const at = 1 + this.#chance.below(text.length);
    const [head, tail] = [text.slice(0, at), text.slice(at)];
    if (tail === '' || head.endsWith(' ')) return undefined;
    if (tail.startsWith(' '))
      return this.#chance.percent(50)
        ? `'${head.replaceAll("'", "''")}\n${margin}${tail.slice(1).replaceAll("'", "''")}'`
        : `"${escaped(head)}\n${margin}${escaped(tail.slice(1))}"`;
    return `"${escaped(head)}\\\n${margin}${escaped(tail)}"`;
  }

  #oneLine(tree: ScalarTree): string {
    if (tree.source !== undefined) return tree.source;
    const text = String(tree.value);
    const isPlain = /^[A-Za-z][\w./-]*$/.test(text) && !/^(?:y|n|yes|no|on|off|true|false|null|[eE]\d.*)$/i.test(text);
    if (this.may('escapes', 10)) {
      const letters = [...text].map(letter => (this.#chance.percent(30) ? this.#escape(letter) : escaped(letter)));
      return `"${letters.join('')}"`;
    }
    if (isPlain && !this.may('quotes', 25)) return text;
    if (/^[ -~]*$/.test(text) && this.#chance.percent(50)) return `'${text.replaceAll("'", "''")}'`;
    return `"${escaped(text)}"`;
  }

  #escape(letter: string): string {
    if (letter.length > 1 || letter.charCodeAt(0) > 0xff) return escaped(letter);
    return this.#chance.pick([`\\x${hex(letter, 2)}`, `\\u${hex(letter, 4)}`, `\\U${hex(letter, 8)}`]);
  }

  /** The anchor and the tag of a value, with the space behind them. */
  #properties(tree: Tree): string {
    const found: string[] = [];
    if (this.may('anchors', 6)) {
      this.#count += 1;
      const name = `a${this.#count}`;
      this.#anchors.set(JSON.stringify(tree), name);
      found.push(`&${name}`);
    }
    const tag = tagOf(tree);
    if (tag !== undefined && this.may('tags', 5))
      found.push(this.#chance.percent(70) ? `!!${tag}` : `!<tag:yaml.org,2002:${tag}>`);
    return this.#chance
      .shuffled(found)
      .map(each => `${each} `)
      .join('');
  }

  #alias(tree: Tree): string | undefined {
    const name = this.#anchors.get(JSON.stringify(tree));
    return name !== undefined && this.may('anchors', 60) ? `*${name}` : undefined;
  }

  /** A mapping in two: what is merged into it, and the rest. */
  #merged(tree: MapTree): readonly [MapTree | undefined, MapTree['entries']] {
    if (tree.entries.length < 2 || !this.may('merges', 3)) return [undefined, tree.entries];
    const cut = 1 + this.#chance.below(tree.entries.length - 1);
    return [{ is: 'map', entries: tree.entries.slice(0, cut) }, tree.entries.slice(cut)];
  }

  /** A value in flow style, with a margin for lines that go on. */
  #flow(tree: Tree, column: number): string {
    if (tree.is === 'scalar') return this.#oneLine(tree);
    const gap = (): string => (this.may('lines', 4) ? `\n${' '.repeat(column + 3)}` : this.#chance.pick(['', ' ']));
    const inner = (each: Tree): string => this.#alias(each) ?? `${this.#properties(each)}${this.#flow(each, column)}`;
    if (tree.is === 'list') {
      const items = tree.items.map(item => `${gap()}${inner(item)}`);
      return `[${items.join(' ,')}${items.length > 0 ? gap() : ''}]`;
    }
    const [merged, own] = this.#merged(tree);
    const first = merged === undefined ? [] : [` <<: ${this.#flow(merged, column)}`];
    const entries = own.map(([key, value]) => {
      const before = this.#place;
      this.#place = placeOf(String(key.value), before);
      const name = this.#key(key);
      const colon = name.startsWith('*') ? ' :' : ':';
      const entry = `${gap()}${name}${colon} ${inner(value)}`;
      this.#place = before;
      return entry;
    });
    const all = [...first, ...entries];
    return `{${all.join(' ,')}${all.length > 0 ? gap() : ''}}`;
  }
}

/** Where a respelling is: what decides what a document is, or elsewhere. */
function placeOf(key: string, above: string): string {
  if (above === 'document' || above === 'items')
    return ['apiVersion', 'kind', 'metadata', 'items', 'spec'].includes(key) ? key : 'other';
  return above;
}

/** Whether something in a tree has to be spelled as it is, so that JSON cannot hold it. */
const hasSources = (tree: Tree): boolean =>
  tree.is === 'list'
    ? tree.items.some(hasSources)
    : tree.is === 'map'
      ? tree.entries.some(([key, value]) => hasSources(key) || hasSources(value))
      : tree.source !== undefined && JSON.stringify(tree.value) !== tree.source;

function tagOf(tree: Tree): string | undefined {
  if (tree.is !== 'scalar') return tree.is === 'map' ? 'map' : 'seq';
  if (typeof tree.value === 'string') return tree.source === undefined ? 'str' : undefined;
  return typeof tree.value === 'boolean' ? 'bool' : Number.isInteger(tree.value) ? 'int' : undefined;
}

const hex = (letter: string, digits: number): string => letter.charCodeAt(0).toString(16).padStart(digits, '0');

/** A text inside double quotes. */
const escaped = (text: string): string =>
  JSON.stringify(text)
    .slice(1, -1)
    .replace(/[\u007f-\u009f\u2028\u2029\ufeff]/g, letter => `\\u${hex(letter, 4)}`);
