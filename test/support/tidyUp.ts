import type { RunnerTestCase } from 'vitest';
import { screenshotOnFailure } from './screenshotOnFailure.ts';
import type { Window } from './window.ts';

/** After a test: saves a screenshot if it failed, and closes all editors. */
export async function tidyUp(window: Window, task: RunnerTestCase): Promise<void> {
  await screenshotOnFailure(window, task);
  await window.closeEditors();
}
