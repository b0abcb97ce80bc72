import { isAlias, isMap, isScalar, isSeq, type Document, type Scalar } from 'yaml';
import { isRecord } from '../../json/isRecord.ts';
import type { WorkBudget } from '../../async/workBudget.ts';

/** A document with more values than this after expanding aliases is an attack or a mistake. */
const MAX_VALUES = 500_000;

/** Thrown for a circular alias, or for aliases that expand to too many values. */
export class BadAliases extends Error {
  override readonly message = 'Recursive alias, or too many aliases';
}

/**
 * How numbers are read: CloudFormation keeps their digits; a tool written in JavaScript deploys what JavaScript writes, so
 * `1.0` is 1.
 */
export type NumberStyle = 'digits' | 'javaScript';

/** A value, and the number of values in it after expanding aliases. */
interface Counted {
  readonly value: unknown;
  readonly count: number;
}

interface Walk {
  readonly budget: WorkBudget;
  readonly numbers: NumberStyle;
  /** The value of each anchor. `open` while it's being read. */
  readonly anchors: Map<string, Counted | 'open'>;
}

/**
 * Converts a CloudFormation tag to its long form: `!Ref x` to `{ Ref: x }`, `!GetAtt a.b` to `{ "Fn::GetAtt": ["a",
 * "b"] }`.
 */
function tagged(tag: string, value: unknown): unknown {
  const name = tag.slice(1);
  if (name === 'Ref' || name === 'Condition') return { [name]: value };
  if (name === 'GetAtt' && typeof value === 'string') {
    const dot = value.indexOf('.');
    return { 'Fn::GetAtt': dot === -1 ? [value] : [value.slice(0, dot), value.slice(dot + 1)] };
  }
  return { [`Fn::${name}`]: value };
}

function count(total: number): number {
  if (total > MAX_VALUES) throw new BadAliases();
  return total;
}

function aliased(name: string, { anchors }: Walk): Counted {
  const known = anchors.get(name);
  if (known === 'open') throw new BadAliases();
  return known ?? { value: undefined, count: 1 };
}

function listValue(items: readonly unknown[], walk: Walk): Counted {
  const read = items.map((item) => toCounted(item, walk));
  return { value: read.map(({ value }) => value), count: count(read.reduce((sum, child) => sum + child.count, 1)) };
}

/** The entries of a merge key: `<<: *base` or `<<: [*one, *other]`. */
function mergedEntries(value: unknown): [string, unknown][] {
  const sources: unknown[] = Array.isArray(value) ? value.toReversed() : [value];
  return sources.flatMap((source) => (isRecord(source) ? Object.entries(source) : []));
}

/** A scalar key as text. Undefined for lists and maps, which no template uses as keys. */
function keyText(key: unknown): string | undefined {
  const isPlain = typeof key === 'string' || typeof key === 'number' || typeof key === 'boolean' || key === null;
  return isPlain ? String(key) : undefined;
}

function mapValue(items: readonly { readonly key: unknown; readonly value: unknown }[], walk: Walk): Counted {
  const merged: [string, unknown][] = [];
  const ownEntries: [string, unknown][] = [];
  let total = 1;
  for (const { key, value } of items) {
    const name = toCounted(key, walk).value;
    const child = toCounted(value, walk);
    total = count(total + child.count);
    if (name === '<<') {
      for (const entry of mergedEntries(child.value)) merged.push(entry);
    } else {
      const text = keyText(name);
      if (text !== undefined) ownEntries.push([text, child.value]);
    }
  }
  return { value: Object.fromEntries([...merged, ...ownEntries]), count: total };
}

/** A number that JavaScript writes with other digits (`1.0`, `007`, a long ID) stays the text that it is in the file. */
function scalarValue({ value, source }: Scalar, numbers: NumberStyle): unknown {
  const keepsDigits = typeof value !== 'number' || source === undefined || String(value) === source;
  return keepsDigits || numbers === 'javaScript' ? value : source;
}

function plainValue(node: unknown, walk: Walk): Counted {
  if (isSeq(node)) return listValue(node.items, walk);
  if (isMap(node)) return mapValue(node.items, walk);
  return { value: isScalar(node) ? scalarValue(node, walk.numbers) : undefined, count: 1 };
}

function toCounted(node: unknown, walk: Walk): Counted {
  walk.budget.step();
  if (isAlias(node)) return aliased(node.source, walk);
  const { anchor, tag } = (node ?? {}) as { readonly anchor?: string; readonly tag?: string };
  if (anchor !== undefined) walk.anchors.set(anchor, 'open');
  const { value, count: size } = walk.budget.nest(() => plainValue(node, walk));
  const counted = { value: tag !== undefined && /^![A-Za-z]/.test(tag) ? tagged(tag, value) : value, count: size };
  if (anchor !== undefined) walk.anchors.set(anchor, counted);
  return counted;
}

/**
 * Converts a document to plain values, with CloudFormation's short tags in their long form. An alias results in the
 * same object as its anchor. Throws BadAliases and WorkBudgetExceeded.
 */
export function yamlValue({ contents }: Document, budget: WorkBudget, numbers: NumberStyle = 'digits'): unknown {
  return toCounted(contents, { budget, numbers, anchors: new Map() }).value;
}
