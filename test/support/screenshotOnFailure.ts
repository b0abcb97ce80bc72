import type { Page } from 'playwright-core';
import type { RunnerTestCase } from 'vitest';

/** Saves a screenshot of the window in out/failed if the test failed. */
export async function screenshotOnFailure({ page }: { page: Page }, { name, result }: RunnerTestCase): Promise<void> {
  if (result?.state !== 'fail') return;
  await page.screenshot({ path: `out/failed/${name.replaceAll(/[^\w]+/g, '-')}.png` });
}
