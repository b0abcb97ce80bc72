import type * as vscode from 'vscode';
import type { Expectation } from '../../core/testing/expectation.ts';

/** The last invocation of a test. Its bodies are in the results of the window. */
interface LastResult {
  readonly invocationId: string;
  /** `expect` of the preset, to notice that it has changed. */
  readonly expect: string;
  /** With the values of its variables. */
  readonly expectation: Expectation;
}

/** The last invocations of the tests in this window. */
export type LastResults = WeakMap<vscode.TestItem, LastResult>;
