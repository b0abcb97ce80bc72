import type { Page } from 'playwright-core';

// Long enough for a busy machine; they only stop tests that hang.
const ACTION_TIMEOUT_MS = 60_000;
const OPEN_TIMEOUT_MS = 180_000;

/** Waits until the workbench shows its first file or, without a folder, its status bar. */
export async function waitForWorkbench(page: Page, hasFolder = true): Promise<void> {
  const selector = hasFolder ? '.explorer-folders-view .monaco-list-row' : '.statusbar-item';
  await page.locator(selector).first().waitFor({ timeout: OPEN_TIMEOUT_MS });
}

/** Opens the workbench at its address. */
export async function openWorkbench(page: Page, url: string, hasFolder = true): Promise<void> {
  page.setDefaultTimeout(ACTION_TIMEOUT_MS);
  await page.goto(url, { timeout: OPEN_TIMEOUT_MS });
  await waitForWorkbench(page, hasFolder);
}
