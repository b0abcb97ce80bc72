import { stripVTControlCharacters } from 'node:util';

/** The results of a layer. Skipped tests are failures. */
export interface TestCounts {
  readonly passed: number;
  readonly failed: number;
  /** The titles and errors of failed tests. They are repeated at the end, where a long log is read first. */
  readonly failures: readonly string[];
}

/** The longest error to repeat, in characters. */
const MAX_ERROR = 1500;

/** A failed test for the summary. Color codes would hide the text from a search. */
export function failureOf(title: string, error: string): string {
  return `${title}\n${stripVTControlCharacters(error).trim().slice(0, MAX_ERROR)}`;
}
