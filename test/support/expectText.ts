import { setTimeout as pause } from 'node:timers/promises';
import { expect } from 'vitest';

/** Polling takes CPU time from the window, so the pauses grow. */
const PAUSES_MS = [20, 50, 100, 200] as const;
/** Stops a test that hangs. */
const TIMEOUT_MS = 60_000;

/** Waits until an element shows a text. */
export async function expectText(
  locator: { textContent(): Promise<string | null> },
  text: string | RegExp,
): Promise<void> {
  const matching: unknown = typeof text === 'string' ? expect.stringContaining(text) : expect.stringMatching(text);
  const isShown = (shown: string | null) =>
    typeof text === 'string' ? shown?.includes(text) === true : text.test(shown ?? '');
  const deadline = Date.now() + TIMEOUT_MS;
  for (let look = 0; Date.now() < deadline; look++) {
    if (isShown(await locator.textContent())) return;
    await pause(PAUSES_MS[look] ?? 200);
  }
  expect(await locator.textContent()).toEqual(matching);
}
