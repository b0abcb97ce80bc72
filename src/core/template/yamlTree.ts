import { isAlias, isMap, isPair, isScalar, isSeq, LineCounter, parseDocument, type Document, type Node } from 'yaml';
import { message, type Message } from '../messages.ts';

/** A template as plain values, with the lines its keys stand on. */
export interface TemplateTree {
  readonly root: unknown;
  /** The 1-based line of a key, by the path of keys that leads to it. */
  readonly lineOf: (path: readonly string[]) => number;
}

/** A template of more values than this, its aliases written out, is an attack or a mistake. */
const MOST_VALUES = 200_000;

class TooManyValues extends Error {}

/** The long form of a CloudFormation tag: `!Ref x` is `{ Ref: x }`, `!GetAtt a.b` is `{ "Fn::GetAtt": ["a", "b"] }`. */
function tagged(tag: string, value: unknown): unknown {
  const name = tag.slice(1);
  if (name === 'Ref' || name === 'Condition') return { [name]: value };
  if (name === 'GetAtt' && typeof value === 'string') {
    const dot = value.indexOf('.');
    return { 'Fn::GetAtt': dot === -1 ? [value] : [value.slice(0, dot), value.slice(dot + 1)] };
  }
  return { [`Fn::${name}`]: value };
}

function keyText(key: unknown): string {
  return isScalar(key) ? String(key.value) : String(key);
}

interface Walk {
  readonly document: Document;
  /** What is being written out: an alias to one of these names itself. */
  readonly open: Set<unknown>;
  /** What aliases mean, as far as it was looked up. */
  readonly targets: Map<unknown, unknown>;
  count: number;
}

function toValue(node: unknown, walk: Walk): unknown {
  if (isAlias(node)) {
    const target = walk.targets.get(node) ?? node.resolve(walk.document); // which looks through the whole document
    walk.targets.set(node, target);
    return toValue(target, walk);
  }
  if (++walk.count > MOST_VALUES || walk.open.has(node)) throw new TooManyValues();
  if (node === null || isScalar(node)) return plainValue(node, walk);
  walk.open.add(node);
  const value = plainValue(node, walk);
  walk.open.delete(node);
  return value;
}

function plainValue(node: unknown, walk: Walk): unknown {
  let value: unknown;
  if (isScalar(node)) value = node.value;
  else if (isSeq(node)) value = node.items.map((item) => toValue(item, walk));
  else if (isMap(node)) {
    const entries: [string, unknown][] = [];
    for (const { key, value: child } of node.items) {
      const plain = toValue(child, walk);
      if (keyText(key) !== '<<') entries.push([keyText(key), plain]);
      else if (typeof plain === 'object' && plain !== null) entries.unshift(...Object.entries(plain)); // a merge key
    }
    value = Object.fromEntries(entries);
  }
  const tag = (node as (Partial<Node> & { tag?: string }) | null)?.tag;
  return tag !== undefined && /^![A-Za-z]/.test(tag) ? tagged(tag, value) : value;
}

/** Reads a template, YAML or JSON (which is YAML too), with CloudFormation's short tags; or tells where it is broken. */
export function parseTemplateTree(file: string, text: string): TemplateTree | Message {
  if (/^\s*\{/.test(text)) {
    try {
      return { root: JSON.parse(text), lineOf: (path) => jsonLine(text, path) };
    } catch {
      // Told by the YAML reader, which knows line and column.
    }
  }
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, logLevel: 'silent', uniqueKeys: false });
  const [error] = document.errors;
  if (error !== undefined) {
    const { line, col } = lines.linePos(error.pos[0]);
    return message('templateBroken', file, line, col, error.message.split(/ at line |\n/)[0] ?? '');
  }
  const lineOf = (path: readonly string[]) => {
    let node: unknown = document.contents;
    let line = 1;
    for (const name of path) {
      const pair = isMap(node) ? node.items.find(({ key }) => keyText(key) === name) : undefined;
      if (!isPair(pair)) return line;
      const range = isScalar(pair.key) ? pair.key.range : undefined;
      if (range) ({ line } = lines.linePos(range[0]));
      node = pair.value;
    }
    return line;
  };
  try {
    return { root: toValue(document.contents, { document, open: new Set(), targets: new Map(), count: 0 }), lineOf };
  } catch (thrown) {
    if (thrown instanceof TooManyValues) return message('templateAliases', file);
    throw thrown;
  }
}

/** The line of a key in JSON: each key of the path is looked for behind the one before. */
function jsonLine(text: string, path: readonly string[]): number {
  let at = 0;
  for (const name of path) {
    const found = text.indexOf(`${JSON.stringify(name)}:`, at);
    if (found !== -1) at = found;
  }
  return text.slice(0, at).split('\n').length;
}
