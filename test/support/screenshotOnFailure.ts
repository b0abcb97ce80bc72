import type { Page } from 'playwright-core';
import type { RunnerTestCase } from 'vitest';

/** Keeps a picture of the window a test failed in, under out/failed: what was on the screen says most. */
export async function screenshotOnFailure({ page }: { page: Page }, { name, result }: RunnerTestCase): Promise<void> {
  if (result?.state !== 'fail') return;
  await page.screenshot({ path: `out/failed/${name.replaceAll(/[^\w]+/g, '-')}.png` });
}
