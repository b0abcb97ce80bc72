import { LOCAL_REGION } from '../localArn.ts';
import { UNRESOLVED } from './intrinsics.ts';
import { record, type Values } from './templateFunction.ts';
import type { WorkBudget } from '../../async/workBudget.ts';

export const DEFAULT_STAGE = 'dev';

/** The maximum number of passes over a text whose variables resolve to more variables. */
const MAX_ROUNDS = 20;

const WHOLE = /^\$\{([^{}]*)\}$/;
const VARIABLE = /\$\{([^{}]*)\}/g;
const KINDS = ['self', 'opt', 'sls', 'aws'];

/** Splits the sources of a variable at commas outside quotes. An unclosed quote extends to the end. */
function sourcesOf(inner: string): string[] {
  const sources: string[] = [];
  let start = 0;
  for (let at = 0; at < inner.length; at++) {
    const sign = inner[at];
    if (sign === ',') {
      sources.push(inner.slice(start, at));
      start = at + 1;
    } else if (sign === '"' || sign === "'") {
      const end = inner.indexOf(sign, at + 1);
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
  const selves = new Map<string, unknown>();
  const values = new Map<object, unknown>();

  /** The resolved value at a path of the file. UNRESOLVED while it's being resolved, so that cycles end. */
  function self(path: string): unknown {
    if (selves.has(path)) return selves.get(path);
    selves.set(path, UNRESOLVED);
    const keys = path.split('.');
    budget.step(keys.length);
    const found = valueAt(root, keys);
    const filled = found === undefined ? UNRESOLVED : fill(found);
    selves.set(path, filled);
    return filled;
  }

  function providers(field: 'stage' | 'region', otherwise: string): unknown {
    return valueAt(root, ['provider', field]) === undefined ? otherwise : self(`provider.${field}`);
  }

  /** Resolves one source of a variable, such as `self:custom.table`, `opt:stage` or a quoted text. */
  function fromSource(source: string): unknown {
    const quoted = quotedText(source);
    if (quoted !== undefined) return quoted;
    const colon = source.indexOf(':');
    const kind = source.slice(0, Math.max(0, colon));
    const path = source.slice(colon + 1);
    if (!KINDS.includes(kind) || kind === 'opt') return UNRESOLVED;
    if (kind === 'self') return self(path);
    if (path === 'stage') return providers('stage', DEFAULT_STAGE);
    return path === 'region' ? providers('region', LOCAL_REGION) : UNRESOLVED;
  }

  /** The first source of a variable that can be resolved. */
  function variable(inner: string): unknown {
    for (const source of sourcesOf(inner)) {
      budget.step();
      const value = fromSource(source.trim());
      if (value !== UNRESOLVED) return value;
    }
    return UNRESOLVED;
  }

  function fillText(text: string, round: number): unknown {
    if (!text.includes('${')) return text;
    if (round > MAX_ROUNDS) return UNRESOLVED;
    const whole = WHOLE.exec(text);
    if (whole !== null) return variable(whole[1] ?? '');
    let isWhole = true;
    budget.grow(text.length);
    const filled = text.replaceAll(VARIABLE, (part, inner: string) => {
      budget.step();
      const found = variable(inner);
      if (typeof found !== 'string' && typeof found !== 'number') {
        isWhole = false;
        return part;
      }
      const one = String(found);
      budget.grow(one.length);
      return one;
    });
    if (!isWhole) return UNRESOLVED;
    return filled === text ? text : fillText(filled, round + 1);
  }

  function fillObject(value: object): unknown {
    if (Array.isArray(value)) return value.map(fill);
    return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, fill(part)]));
  }

  function fill(value: unknown): unknown {
    budget.step();
    if (typeof value === 'string') return budget.deeper(() => fillText(value, 0));
    if (typeof value !== 'object' || value === null) return value;
    if (values.has(value)) return values.get(value);
    values.set(value, UNRESOLVED);
    const filled = budget.deeper(() => fillObject(value));
    values.set(value, filled);
    return filled;
  }

  return { fill };
}
