import { isMap, isPair, isScalar, type Pair } from 'yaml';
import { parseYaml, type YamlText } from './parseYaml.ts';
import { BadAliases, yamlValue } from './yamlValues.ts';
import { checkJsonShape } from '../../json/jsonShape.ts';
import { jsonKeyLines } from '../../json/jsonKeyLines.ts';
import { message, type Message } from '../../messages/messages.ts';
import type { WorkBudget } from '../../async/workBudget.ts';

/** A template as plain values, with the lines of its keys. */
export interface TemplateTree {
  readonly root: unknown;
  /** The 1-based line of a key in one of the root's objects (`Resources`, `functions`). */
  readonly lineOf: (property: string, key: string) => number;
}

/** Limits a parser error, which may quote the text. In characters. */
const MAX_ERROR_LENGTH = 200;

/** Caches the lines of each property. */
function cachedLineOf(linesOf: (property: string) => ReadonlyMap<string, number>): TemplateTree['lineOf'] {
  const cache = new Map<string, ReadonlyMap<string, number>>();
  return (property, key) => {
    const lines = cache.get(property) ?? linesOf(property);
    cache.set(property, lines);
    return lines.get(key) ?? 1;
  };
}

function keyText({ key }: Pair): string {
  return isScalar(key) ? String(key.value) : '';
}

function yamlKeyLines({ document, lines }: YamlText, property: string): ReadonlyMap<string, number> {
  const { contents } = document ?? {};
  const pair = isMap(contents) ? contents.items.find((each) => isPair(each) && keyText(each) === property) : undefined;
  const keyLines = new Map<string, number>();
  for (const item of isMap(pair?.value) ? pair.value.items : []) {
    const range = isScalar(item.key) ? item.key.range : undefined;
    if (range) keyLines.set(keyText(item), lines.linePos(range[0]).line);
  }
  return keyLines;
}

/** Parses JSON, or returns undefined for invalid JSON, so that the YAML parser reports line and column. */
function jsonTree(text: string, budget: WorkBudget): TemplateTree | undefined {
  if (!text.trimStart().startsWith('{')) return undefined;
  checkJsonShape(text, budget);
  try {
    return { root: JSON.parse(text), lineOf: cachedLineOf((property) => jsonKeyLines(text, property)) };
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
    return message('templateBroken', file, line, col, yaml.syntaxError.text.slice(0, MAX_ERROR_LENGTH));
  }
  try {
    const root = yaml.document === undefined ? undefined : yamlValue(yaml.document, budget);
    return { root, lineOf: cachedLineOf((property) => yamlKeyLines(yaml, property)) };
  } catch (error) {
    if (error instanceof BadAliases) return message('templateAliases', file);
    throw error;
  }
}
