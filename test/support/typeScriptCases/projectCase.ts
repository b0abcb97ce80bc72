import { expect } from 'vitest';

/** A TypeScript project and what its function returns. */
export interface Case {
  readonly title: string;
  readonly files: Readonly<Record<string, string>>;
  readonly handler?: string;
  readonly expected: unknown;
  /** Links of packages to folders of the workspace, relative to the code. */
  readonly links?: Readonly<Record<string, string>>;
}

/** The code of a handler that returns the value of an expression. */
export const returns = (expression: string, before = '') =>
  `${before}\nexport const handler = async (event: unknown): Promise<unknown> => ${expression};`;

export const WORKS = returns('"works"');
export const like = (pattern: RegExp): unknown => expect.stringMatching(pattern);
export const fails = (errorType: string, errorMessage: unknown): unknown =>
  expect.objectContaining({ errorType, errorMessage });
