import { isMap, isNode, isPair, isScalar, isSeq, type Pair } from 'yaml';
import { parseYaml, type YamlText } from './parseYaml.ts';
import { BadAliases, yamlValue, type ScalarStyle } from './yamlValues.ts';
import { parseExactJson } from '../../json/exactNumbers.ts';
import { checkJsonShape } from '../../json/jsonShape.ts';
import { jsonKeyLines } from '../../json/jsonKeyLines.ts';
import { message, type Message } from '../../messages/messages.ts';
import type { WorkBudget } from '../../async/workBudget.ts';

/** A template as plain values, with the lines of its keys. */
export interface TemplateTree {
  readonly root: unknown;
  /** The root with scalars as JavaScript reads them, so that `1.0` is 1 and `yes` is a text. Throws WorkBudgetExceeded. */
  readonly javaScriptRoot: () => unknown;
  /**
   * The 1-based line of a value, given by its keys and list indices: `Resources`, `Fn`. In JSON, only for a value in one
   * of the root's objects. 1 if the value isn't found or is in an alias.
   */
  readonly lineOf: (...path: readonly string[]) => number;
}

/** Limits a parser error, which may quote the text. In characters. */
const MAX_ERROR_LENGTH = 200;

type LinesOf = (path: readonly string[]) => ReadonlyMap<string, number>;

/** Caches the lines of all values in an object or a list. */
function cachedLineOf(linesOf: LinesOf): TemplateTree['lineOf'] {
  const cache = new Map<string, ReadonlyMap<string, number>>();
  return (...path) => {
    const parent = path.slice(0, -1);
    const parentKey = JSON.stringify(parent);
    const lines = cache.get(parentKey) ?? linesOf(parent);
    cache.set(parentKey, lines);
    return lines.get(path.at(-1) ?? '') ?? 1;
  };
}

function keyText({ key }: Pair): string {
  return isScalar(key) ? String(key.value) : '';
}

/** The values in an object or a list by key or index, with the nodes where they start. */
function childrenOf(node: unknown): [key: string, start: unknown, value: unknown][] {
  if (isSeq(node)) return node.items.map((item, index) => [String(index), item, item]);
  if (!isMap(node)) return [];
  return node.items.flatMap((item) => (isPair(item) ? [[keyText(item), item.key, item.value]] : []));
}

function yamlLines({ document, lines }: YamlText, path: readonly string[]): ReadonlyMap<string, number> {
  let node: unknown = document?.contents;
  for (const key of path) node = childrenOf(node).find(([childKey]) => childKey === key)?.[2];
  const childLines = new Map<string, number>();
  for (const [key, start] of childrenOf(node)) {
    const range = isNode(start) ? start.range : undefined;
    if (range) childLines.set(key, lines.linePos(range[0]).line);
  }
  return childLines;
}

function jsonLines(text: string, [property, ...others]: readonly string[]): ReadonlyMap<string, number> {
  return property !== undefined && others.length === 0 ? jsonKeyLines(text, property) : new Map();
}

/** Parses JSON, or returns undefined for invalid JSON, so that the YAML parser reports line and column. */
function jsonTree(text: string, budget: WorkBudget): TemplateTree | undefined {
  if (!text.trimStart().startsWith('{')) return undefined;
  checkJsonShape(text, budget);
  try {
    const root = parseExactJson(text);
    return {
      root,
      javaScriptRoot: () => JSON.parse(text) as unknown,
      lineOf: cachedLineOf((path) => jsonLines(text, path)),
    };
  } catch {
    return undefined;
  }
}

/**
 * Parses a YAML or JSON template with CloudFormation's short tags, or returns the syntax error. Throws
 * WorkBudgetExceeded.
 */
export function parseTemplateTree(file: string, text: string, budget: WorkBudget): TemplateTree | Message {
  const json = jsonTree(text, budget);
  if (json !== undefined) return json;
  const yaml = parseYaml(text, budget);
  if (yaml.syntaxError !== undefined) {
    const { line, col } = yaml.lines.linePos(yaml.syntaxError.offset);
    const reason = yaml.syntaxError.text.slice(0, MAX_ERROR_LENGTH);
    return message('templateBroken', file, line, col, /[.!?]$/.test(reason) ? reason : `${reason}.`);
  }
  try {
    const read = (style: ScalarStyle) =>
      yaml.document === undefined ? undefined : yamlValue(yaml.document, budget, style);
    return {
      root: read('cloudFormation'),
      javaScriptRoot: () => read('javaScript'),
      lineOf: cachedLineOf((path) => yamlLines(yaml, path)),
    };
  } catch (error) {
    if (error instanceof BadAliases) return message('templateAliases', file);
    throw error;
  }
}
