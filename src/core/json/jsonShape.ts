import { createWorkBudget, WorkBudgetExceeded, type WorkBudget } from '../async/workBudget.ts';

const isLineBreak = (code: number) => code === 0x0a || code === 0x0d;

/** The offset after a string. An unterminated string ends with its line, as in jsonc-parser. */
function stringEnd(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 0x22) return at + 1;
    if (isLineBreak(code)) return at;
    if (code === 0x5c) at++;
  }
  return text.length;
}

/** The offset after a comment, or after a lone slash. */
function commentEnd(text: string, start: number): number {
  const next = text[start + 1];
  if (next === '*') {
    const end = text.indexOf('*/', start + 2);
    return end === -1 ? text.length : end + 2;
  }
  let at = start + 1;
  if (next === '/') while (at < text.length && !isLineBreak(text.charCodeAt(at))) at++;
  return at;
}

/** Callbacks of walkJson. A depth is the number of open brackets, including the reported one. */
interface Visitor {
  /** Called for every opening bracket and every comma. */
  readonly value?: () => void;
  readonly open?: (depth: number, offset: number) => void;
  readonly close?: (depth: number, offset: number) => void;
}

/**
 * Walks through JSON with comments without parsing it. Tolerates broken text: an unmatched closing bracket is skipped,
 * so the depth is never less than a parser would reach.
 */
function walkJson(text: string, { value, open, close }: Visitor): void {
  const brackets: string[] = [];
  for (let at = 0; at < text.length;) {
    const character = text[at] ?? '';
    if (character === '"') at = stringEnd(text, at);
    else if (character === '/') at = commentEnd(text, at);
    else {
      if (character === ',' || character === '{' || character === '[') value?.();
      if (character === '{' || character === '[') open?.(brackets.push(character), at);
      else if ((character === '}' && brackets.at(-1) === '{') || (character === ']' && brackets.at(-1) === '[')) {
        close?.(brackets.length, at);
        brackets.pop();
      }
      at++;
    }
  }
}

/** Checks the number of values and the nesting of JSON before it's parsed. Throws WorkBudgetExceeded. */
export function checkJsonShape(text: string, budget: WorkBudget): void {
  walkJson(text, { value: () => budget.step(), open: budget.checkDepth });
}

/** A parsed tree with more values than this takes too much memory. */
export const MAX_JSON_VALUES = 250_000;

/** Whether JSON (comments allowed) has more than 250,000 values. */
export function hasTooManyValues(text: string): boolean {
  try {
    checkJsonShape(text, createWorkBudget({ steps: MAX_JSON_VALUES, depth: Infinity, output: Infinity }));
    return false;
  } catch (error) {
    if (error instanceof WorkBudgetExceeded) return true;
    throw error;
  }
}

/** Deeper values are left out of trees, because jsonc-parser is recursive. */
const MAX_DEPTH = 200;

/** Replaces values nested deeper than 200 levels with `0` and spaces, so that all offsets stay the same. */
export function withoutDeepValues(text: string): string {
  const parts: string[] = [];
  let copiedTo = 0;
  let deepStart: number | undefined;
  const replaceDeepValue = (end: number) => {
    if (deepStart === undefined) return;
    parts.push(text.slice(copiedTo, deepStart), '0', ' '.repeat(end - deepStart - 1));
    copiedTo = end;
    deepStart = undefined;
  };
  walkJson(text, {
    open: (depth, offset) => {
      if (depth === MAX_DEPTH + 1) deepStart = offset;
    },
    close: (depth, offset) => {
      if (depth === MAX_DEPTH + 1) replaceDeepValue(offset + 1);
    },
  });
  replaceDeepValue(text.length);
  return parts.length === 0 ? text : parts.join('') + text.slice(copiedTo);
}
