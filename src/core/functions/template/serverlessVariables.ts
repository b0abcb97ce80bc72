import { LOCAL_REGION } from '../localArn.ts';
import { UNRESOLVED } from './intrinsics.ts';
import { record, type Values } from './templateFunction.ts';
import type { WorkBudget } from '../../async/workBudget.ts';

export const DEFAULT_STAGE = 'dev';

/** The maximum number of passes over a text whose variables resolve to more variables. */
const MAX_PASSES = 20;

const SINGLE_VARIABLE = /^\$\{([^{}]*)\}$/;
const VARIABLE = /\$\{([^{}]*)\}/g;
const SOURCE_KINDS = ['self', 'opt', 'sls', 'aws'];

/** Splits the sources of a variable at commas outside quotes. An unclosed quote extends to the end. */
function sourcesOf(inner: string): string[] {
  const sources: string[] = [];
  let start = 0;
  for (let at = 0; at < inner.length; at++) {
    const character = inner[at];
    if (character === ',') {
      sources.push(inner.slice(start, at));
      start = at + 1;
    } else if (character === '"' || character === "'") {
      const end = inner.indexOf(character, at + 1);
      if (end === -1) break;
      at = end;
    }
  }
  return [...sources, inner.slice(start)];
}

function quotedText(source: string): string | undefined {
  const quote = source[0];
  const isQuoted = source.length > 1 && (quote === '"' || quote === "'") && source.endsWith(quote);
  return isQuoted ? source.slice(1, -1) : undefined;
}

function valueAt(root: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>((value, key) => {
    if (Array.isArray(value)) return (value as unknown[])[Number(key)];
    const fields = record(value);
    return Object.hasOwn(fields, key) ? fields[key] : undefined;
  }, root);
}

/** Resolves `${…}` in a Serverless Framework file. The result is UNRESOLVED if the file alone isn't enough. */
export interface Variables {
  readonly fill: (value: unknown) => unknown;
}

/**
 * Creates the resolver for a file. Each `${self:…}` is resolved once, and a circular one is UNRESOLVED. `fill` throws
 * WorkBudgetExceeded. Source: Serverless Framework, "Variables".
 */
export function createVariables(root: Values, budget: WorkBudget): Variables {
  const resolvedPaths = new Map<string, unknown>();
  const resolvedObjects = new Map<object, unknown>();

  /** The resolved value at a path of the file. UNRESOLVED while it's being resolved, so that cycles end. */
  function resolvePath(path: string): unknown {
    if (resolvedPaths.has(path)) return resolvedPaths.get(path);
    resolvedPaths.set(path, UNRESOLVED);
    const keys = path.split('.');
    budget.step(keys.length);
    const value = valueAt(root, keys);
    const filled = value === undefined ? UNRESOLVED : fill(value);
    resolvedPaths.set(path, filled);
    return filled;
  }

  function providerValue(field: 'stage' | 'region', fallback: string): unknown {
    return valueAt(root, ['provider', field]) === undefined ? fallback : resolvePath(`provider.${field}`);
  }

  /** Resolves one source of a variable, such as `self:custom.table`, `opt:stage` or a quoted text. */
  function resolveSource(source: string): unknown {
    const quoted = quotedText(source);
    if (quoted !== undefined) return quoted;
    const colon = source.indexOf(':');
    const kind = source.slice(0, Math.max(0, colon));
    const path = source.slice(colon + 1);
    if (!SOURCE_KINDS.includes(kind) || kind === 'opt') return UNRESOLVED;
    if (kind === 'self') return resolvePath(path);
    if (path === 'stage') return providerValue('stage', DEFAULT_STAGE);
    return path === 'region' ? providerValue('region', LOCAL_REGION) : UNRESOLVED;
  }

  /** The first source of a variable that can be resolved. */
  function resolveVariable(inner: string): unknown {
    for (const source of sourcesOf(inner)) {
      budget.step();
      const value = resolveSource(source.trim());
      if (value !== UNRESOLVED) return value;
    }
    return UNRESOLVED;
  }

  function fillText(text: string, pass: number): unknown {
    if (!text.includes('${')) return text;
    if (pass > MAX_PASSES) return UNRESOLVED;
    const single = SINGLE_VARIABLE.exec(text);
    if (single !== null) return resolveVariable(single[1] ?? '');
    let isComplete = true;
    budget.addOutput(text.length);
    const filled = text.replaceAll(VARIABLE, (part, inner: string) => {
      budget.step();
      const value = resolveVariable(inner);
      if (typeof value !== 'string' && typeof value !== 'number') {
        isComplete = false;
        return part;
      }
      const replacement = String(value);
      budget.addOutput(replacement.length);
      return replacement;
    });
    if (!isComplete) return UNRESOLVED;
    return filled === text ? text : fillText(filled, pass + 1);
  }

  function fillObject(value: object): unknown {
    if (Array.isArray(value)) return value.map(fill);
    return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, fill(part)]));
  }

  function fill(value: unknown): unknown {
    budget.step();
    if (typeof value === 'string') return budget.nest(() => fillText(value, 0));
    if (typeof value !== 'object' || value === null) return value;
    if (resolvedObjects.has(value)) return resolvedObjects.get(value);
    resolvedObjects.set(value, UNRESOLVED);
    const filled = budget.nest(() => fillObject(value));
    resolvedObjects.set(value, filled);
    return filled;
  }

  return { fill };
}
