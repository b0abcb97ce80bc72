import type { Locator, Page } from 'playwright-core';
import { chooseMenu } from './menu.ts';

/** The Explorer, while it is the visible view of the side bar. */
export class Explorer {
  readonly #page: () => Page;

  constructor(page: () => Page) {
    this.#page = page;
  }

  #row(name: string): Locator {
    const page = this.#page();
    return page
      .locator('.explorer-folders-view .monaco-list-row')
      .filter({ has: page.getByText(name, { exact: true }) });
  }

  /** A file's row. The folders on the way are expanded. */
  async row(path: string): Promise<Locator> {
    const [first = '', ...names] = path.split('/');
    let parent = first;
    for (const name of names) {
      await this.#expand(parent, name);
      parent = name;
    }
    await this.#row(parent).waitFor();
    return this.#row(parent);
  }

  /**
   * Expands a folder until its child is visible. The Explorer of a new window renders its rows again, so a click can hit
   * a row that is about to be replaced, and an expanded folder can be collapsed again.
   */
  async #expand(folder: string, child: string): Promise<void> {
    const row = this.#row(folder);
    await row.waitFor();
    for (let attempt = 1; attempt <= 3 && !(await this.#row(child).isVisible()); attempt++) {
      if ((await row.getAttribute('aria-expanded')) !== 'true') await row.click();
      // Long enough for a slow machine, because one click more collapses the folder.
      await this.#row(child)
        .waitFor({ timeout: 10_000 })
        .catch(() => undefined);
    }
    await this.#row(child).waitFor();
  }

  /** Chooses the extension's command in the context menu of a file. */
  async invokeFile(path: string): Promise<void> {
    await (await this.row(path)).click({ button: 'right' });
    await chooseMenu(this.#page(), 'Invoke Lambda with File…');
  }

  /**
   * Selects files, the last one with Shift, and chooses the extension's command in their context menu. The Explorer selects
   * the file of an editor that becomes active, so the editor that the first click opens has to be there before the second.
   */
  async invokeFiles(first: string, last: string): Promise<void> {
    const page = this.#page();
    await (await this.row(first)).click();
    await page
      .locator('.tab.active')
      .filter({ hasText: first.split('/').at(-1) ?? first })
      .waitFor();
    await (await this.row(last)).click({ modifiers: ['Shift'] });
    await page.locator('.explorer-folders-view .monaco-list-row.selected').nth(1).waitFor();
    await this.invokeFile(last);
  }
}
