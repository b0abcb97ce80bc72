import type * as vscode from 'vscode';
import type { Message } from '../../core/messages/messages.ts';
import type { PresetTest, TestedPreset } from '../../core/testing/presetTest.ts';
import type { TestCase } from '../../core/testing/testCases.ts';
import type { StoredPreset } from '../presets/presetStores.ts';

/** A preset with `expect` and its store. */
export interface StoredTest extends StoredPreset {
  readonly preset: TestedPreset;
}

/** What an item of the Test Explorer stands for. */
export type TestNode =
  | { readonly kind: 'store' | 'group' }
  | { readonly kind: 'preset'; readonly stored: StoredTest }
  | { readonly kind: 'case'; readonly stored: StoredTest; readonly testCase: TestCase };

/** A test to run, with its item. */
export interface RunnableTest {
  readonly item: vscode.TestItem;
  readonly stored: StoredTest;
  readonly test: PresetTest;
  /** Why its cases can't be read. */
  readonly problem?: Message;
}
