import type { Locator, Page } from 'playwright-core';

/** Only ends a wait that hangs. */
const TIMEOUT_MS = 60_000;

/** VS Code's quick picks and input boxes, the command palette among them. */
export class QuickPick {
  readonly #page: () => Page;

  constructor(page: () => Page) {
    this.#page = page;
  }

  get input(): Locator {
    return this.#page().locator('.quick-input-widget:visible input:is([type="text"], [type="password"])').first();
  }

  get rows(): Locator {
    return this.#page().locator('.quick-input-list .monaco-list-row');
  }

  /** The uppermost row. Rows that were added later can come first in the page. */
  get firstRow(): Locator {
    return this.#page().locator('.quick-input-list .monaco-list-row[data-index="0"]');
  }

  row(text: string): Locator {
    return this.rows.filter({ hasText: text }).first();
  }

  /** The row that Enter accepts. */
  get activeRow(): Locator {
    return this.#page().locator('.quick-input-list .monaco-list-row.focused');
  }

  /** Filters the rows, waits until all are listed and returns the focused one. Rows move while the list loads. */
  async filter(text: string): Promise<Locator> {
    const row = this.activeRow.filter({ hasText: text });
    await this.input.fill(text);
    // While rows are loading, Enter accepts none.
    await this.#page().locator('.quick-input-widget .monaco-progress-container.active').waitFor({ state: 'hidden' });
    for (const deadline = Date.now() + TIMEOUT_MS; !(await row.isVisible());) {
      if (Date.now() > deadline) throw new Error(`The quick pick has no ${text}`);
      await row.waitFor({ timeout: 500 }).catch(() => undefined);
      // A picker that opens after the palette starts with an empty input.
      if ((await this.input.inputValue()) !== text) await this.input.fill(text);
    }
    return row;
  }

  /**
   * Picks a row with the keyboard. Enter accepts none while rows are added, so it's pressed again until the picker closes or
   * the next one has replaced its text. The row alone says nothing, because it disappears while the rows are redrawn.
   */
  async pick(text: string): Promise<void> {
    for (let attempt = 1; attempt <= 5; attempt++) {
      await this.filter(text);
      await this.input.press('Enter');
      if (await this.#isLeft(text, attempt * 4000)) return;
    }
    throw new Error(`Enter doesn’t accept ${text}`);
  }

  /** Whether the picker with this text in its input closes in this time. */
  async #isLeft(text: string, timeout: number): Promise<boolean> {
    const left = this.#page().waitForFunction(
      (filter) =>
        [...document.querySelectorAll<HTMLInputElement>('.quick-input-widget input')].every(
          (input) => !input.checkVisibility() || input.value !== filter,
        ),
      text,
      { timeout },
    );
    return left.then(
      () => true,
      () => false,
    );
  }

  /** Accepts a row as soon as it is the active one. Enter does nothing before. */
  async acceptActive(text: string): Promise<void> {
    await this.activeRow.filter({ hasText: text }).waitFor();
    await this.input.press('Enter');
  }

  /** Replaces the text of the open input box and accepts it. */
  async answer(text: string): Promise<void> {
    await this.input.fill(text);
    await this.input.press('Enter');
  }

  /**
   * Runs a command. The palette lists the commands that are registered when it opens, so opening it early can fail. A form
   * that takes the focus back after a dialog closes it.
   */
  async command(title: string): Promise<void> {
    const page = this.#page();
    const isFocused = () => this.activeRow.filter({ has: page.getByText(title, { exact: true }) }).isVisible();
    // Each attempt waits longer than the one before, because a busy machine lists slowly.
    const find = async (timeout: number) => {
      await page.keyboard.press('F1');
      await this.input.fill(`>${title}`, { timeout });
      await this.row(title).waitFor({ timeout });
      // Recently used commands come first, even where they match less.
      for (let step = 0; step < 20; step++) {
        if (await isFocused()) return this.input.press('Enter', { timeout });
        await page.keyboard.press('ArrowDown');
      }
      throw new Error('The command is not among the first rows');
    };
    for (let attempt = 1; ; attempt++) {
      const missing = await find(attempt * 2000).then(
        () => undefined,
        (error: unknown) => error,
      );
      if (missing === undefined) return;
      if (attempt === 10) throw new Error(`The command palette doesn’t list ${title}`, { cause: missing });
      await page.keyboard.press('Escape');
    }
  }

  /**
   * Chooses a file in VS Code's simple file dialog, which ignores Enter while it reads a folder, and replaces the path
   * when it has read the first one.
   */
  async chooseFile(path: string): Promise<void> {
    const { input } = this;
    await this.row('..').waitFor();
    const isClosed = () =>
      input.waitFor({ state: 'hidden', timeout: 500 }).then(
        () => true,
        () => false,
      );
    for (let attempt = 1; attempt <= 60 && (await input.isVisible()); attempt++) {
      if ((await input.inputValue()) !== path) await input.fill(path);
      await input.press('Enter');
      if (await isClosed()) return;
    }
    if (await isClosed()) return;
    throw new Error(`The file dialog doesn’t accept ${path}`);
  }
}
