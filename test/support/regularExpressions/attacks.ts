import { runInNewContext } from 'node:vm';
import type { Pattern } from './listPatterns.ts';

const CLASSES: Readonly<Record<string, string>> = { s: ' ', S: 'x', d: '1', w: 'a', b: ' ', r: '\r', n: '\n', t: '\t' };

/** Texts that a pattern may take for its own beginning: its words and signs, and what follows them in it. */
function attackUnits({ source }: Pick<Pattern, 'source'>): string[] {
  const tokens = (source.match(/\\.|[A-Za-z]+|[^\\A-Za-z]/g) ?? []).map((token) =>
    token.startsWith('\\') ? (CLASSES[token[1] ?? ''] ?? token[1] ?? '') : token,
  );
  const units = new Set([' ', '\n', '\t', 'a', 'A', '0', '"', "'", '\\', '(', '[', '{', '/', '<', '.', ':', '-', '=']);
  for (const start of tokens.keys())
    for (const length of [1, 2]) units.add(tokens.slice(start, start + length).join(''));
  units.delete('');
  return [...units];
}

/**
 * Runs a pattern as the product does, over texts of `size` characters made of its own pieces: at every match, and for a
 * sticky one at every place. Throws where they take longer than `mostMs` in all; the engine is stopped then.
 */
export function runAttacks(pattern: Pattern, size: number, maxMs: number): void {
  const { source, flags } = pattern;
  const texts = attackUnits(pattern).flatMap((unit) =>
    ['', '\0'].map((end) => unit.repeat(Math.ceil(size / unit.length)).slice(0, size - end.length) + end),
  );
  const state = { source, flags: `${flags.replace(/[gy]/, '')}g`, texts, at: '' };
  try {
    // A context can be stopped inside of an expression; one serves for all texts, since making it takes milliseconds.
    runInNewContext(
      `for (const text of texts) {
         at = text;
         for (const _ of text.matchAll(new RegExp(source, flags))) {}
       }`,
      state,
      { timeout: maxMs },
    );
  } catch (error) {
    throw new Error(`/${source}/${flags} on ${JSON.stringify(state.at.slice(0, 20))}…`, { cause: error });
  }
}
