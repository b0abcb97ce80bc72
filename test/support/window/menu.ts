import type { Page } from 'playwright-core';

/** Chooses an item of the open context menu. A menu ignores a mouse button that is released right after it opens. */
export async function chooseMenu(page: Page, title: string): Promise<void> {
  const item = page.locator('.context-view .monaco-menu .action-item').filter({ hasText: title }).first();
  await item.click({ delay: 200 });
}
