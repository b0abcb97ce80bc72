import { runInNewContext } from 'node:vm';
import type { Pattern } from './listPatterns.ts';

const CLASSES: Readonly<Record<string, string>> = { s: ' ', S: 'x', d: '1', w: 'a', b: ' ', r: '\r', n: '\n', t: '\t' };

/** Texts that match parts of a pattern: its tokens and pairs of tokens, and common characters. */
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
 * Runs a pattern at every position of texts of `size` characters that consist of repeated parts of the pattern. Throws
 * if this takes longer than `maxMs` in total.
 */
export function runAttacks(pattern: Pick<Pattern, 'source' | 'flags'>, size: number, maxMs: number): void {
  const { source, flags } = pattern;
  const texts = attackUnits(pattern).flatMap((unit) =>
    ['', '\0'].map((end) => unit.repeat(Math.ceil(size / unit.length)).slice(0, size - end.length) + end),
  );
  const state = { source, flags: `${flags.replace(/[gy]/, '')}g`, texts, at: '' };
  try {
    // Only a context can be interrupted within a match. Creating one takes milliseconds, so all texts share one.
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
