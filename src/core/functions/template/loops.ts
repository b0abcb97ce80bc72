import { isRecord } from '../../json/isRecord.ts';
import type { WorkBudget } from '../../async/workBudget.ts';

const PREFIX = 'Fn::ForEach::';

function isLoopKey(key: string): boolean {
  return key.startsWith(PREFIX);
}

/** The entries of an object with its loops expanded. */
export interface ExpandedObject {
  readonly entries: readonly ExpandedEntry[];
  /** The names of loops that can't be expanded: with an invalid layout, or a collection that isn't known. */
  readonly unexpanded: readonly string[];
}

interface ExpandedEntry {
  readonly key: string;
  readonly value: unknown;
  /** The key in the template: that of the outermost loop, or else `key`. */
  readonly source: string;
}

export interface LoopContext {
  readonly budget: WorkBudget;
  /** The items of a collection as text, or undefined if they aren't known. */
  readonly itemsOf: (collection: unknown) => readonly string[] | undefined;
}

/** Whether an object has loops, which most don't. */
export function hasLoops(value: Readonly<Record<string, unknown>>): boolean {
  return Object.keys(value).some(isLoopKey);
}

interface Variable {
  readonly name: string;
  readonly item: string;
}

function fillText(text: string, { name, item }: Variable, budget: WorkBudget): string {
  if (!text.includes(`{${name}}`)) return text;
  const filled = text
    .replaceAll(`\${${name}}`, () => item)
    .replaceAll(`&{${name}}`, () => item.replaceAll(/[^A-Za-z0-9]/g, ''));
  budget.addOutput(filled.length);
  return filled;
}

/** A copy of a loop's fragment with the variable replaced in keys and values. */
function fill(value: unknown, variable: Variable, budget: WorkBudget): unknown {
  budget.step();
  if (typeof value === 'string') return fillText(value, variable, budget);
  if (Array.isArray(value)) return budget.nest(() => value.map((part) => fill(part, variable, budget)));
  if (!isRecord(value)) return value;
  const entries = Object.entries(value);
  if (entries.length === 1 && value['Ref'] === variable.name) return variable.item;
  return budget.nest(() =>
    Object.fromEntries(
      entries.map(([key, part]) => [fillText(key, variable, budget), fill(part, variable, budget)] as const),
    ),
  );
}

/** The fragments of a loop, one for each item. Undefined if the loop can't be expanded. */
function fragmentsOf(loop: unknown, { budget, itemsOf }: LoopContext): unknown[] | undefined {
  if (!Array.isArray(loop) || loop.length !== 3) return undefined;
  const [name, collection, fragment] = loop as unknown[];
  const items = itemsOf(collection);
  if (typeof name !== 'string' || name === '' || !isRecord(fragment)) return undefined;
  return items?.map((item) => fill(fragment, { name, item }, budget));
}

/**
 * Expands the loops among the keys of an object, and the loops in them. Throws WorkBudgetExceeded. Source:
 * CloudFormation template reference, Fn::ForEach.
 */
export function expandLoops(value: Readonly<Record<string, unknown>>, context: LoopContext): ExpandedObject {
  const entries: ExpandedEntry[] = [];
  const unexpanded: string[] = [];
  for (const [key, part] of Object.entries(value)) {
    if (!isLoopKey(key)) {
      entries.push({ key, value: part, source: key });
      continue;
    }
    const fragments = fragmentsOf(part, context);
    if (fragments === undefined) unexpanded.push(key);
    for (const fragment of fragments ?? []) {
      const inner = context.budget.nest(() => expandLoops(isRecord(fragment) ? fragment : {}, context));
      for (const entry of inner.entries) entries.push({ ...entry, source: key });
      unexpanded.push(...inner.unexpanded);
    }
  }
  return { entries, unexpanded: [...new Set(unexpanded)] };
}
