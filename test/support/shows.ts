import { expect } from 'vitest';

/** Waits until an element shows a text. */
export async function shows(locator: { textContent(): Promise<string | null> }, text: string | RegExp): Promise<void> {
  const matching: unknown = typeof text === 'string' ? expect.stringContaining(text) : expect.stringMatching(text);
  await expect.poll(() => locator.textContent(), { timeout: 30_000 }).toEqual(matching);
}
