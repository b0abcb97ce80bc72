import type { Page } from 'playwright-core';

/** Chooses an item of the open context menu. A menu ignores a mouse button that is released right after it opens. */
export async function chooseMenu(page: Page, title: string): Promise<void> {
  const item = page.locator('.context-view .monaco-menu .action-item').filter({ hasText: title }).first();
  await item.click({ delay: 200 });
}

/** Opens the context menu of the focused row and chooses an item, with the keyboard. */
export async function chooseMenuWithKeyboard(page: Page, title: string): Promise<void> {
  await page.keyboard.press('Shift+F10');
  const focused = page.locator('.context-view .monaco-menu .action-item.focused');
  await page.locator('.context-view .monaco-menu').waitFor();
  for (let step = 0; step < 30; step++) {
    await page.keyboard.press('ArrowDown');
    if ((await focused.textContent())?.includes(title) === true) return page.keyboard.press('Enter');
  }
  throw new Error(`The context menu has no ${title}`);
}
