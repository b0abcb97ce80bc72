import type { Locator, Page } from 'playwright-core';

/** One of the extension's views in the side bar. */
class View {
  protected readonly page: () => Page;
  readonly #title: string;

  constructor(page: () => Page, title: string) {
    this.page = page;
    this.#title = title;
  }

  get pane(): Locator {
    const header = this.page().locator(`.pane-header[aria-label^="${this.#title}"]`);
    return this.page().locator('.pane').filter({ has: header });
  }

  protected get allRows(): Locator {
    return this.pane.locator('.monaco-list-row');
  }

  /** A row by its label. */
  row(name: string): Locator {
    return this.allRows.filter({ has: this.page().locator('.label-name').getByText(name, { exact: true }) });
  }

  /** Selects a row and waits until the view has the keyboard focus, which a form gives up a moment later. */
  async focus(name: string): Promise<void> {
    const page = this.page();
    const row = this.row(name).first();
    // The hover of another row would cover this one.
    await page.mouse.move(800, 400);
    await page.locator('.monaco-hover:visible').first().waitFor({ state: 'hidden' });
    await row.click();
    await row.and(page.locator('.selected.focused')).waitFor();
    await page.locator('.monaco-list:focus-within .monaco-list-row.selected').filter({ hasText: name }).waitFor();
  }
}

/** The Functions view. */
export class FunctionsView extends View {
  constructor(page: () => Page) {
    super(page, 'Functions');
  }
}

/** The History view. */
export class HistoryView extends View {
  constructor(page: () => Page) {
    super(page, 'History');
  }

  get rows(): Locator {
    return this.allRows;
  }

  /** The labels of the invocations, top to bottom. Around midnight, they're of two days. */
  invocations(): Promise<string[]> {
    return this.#labels('[aria-level="2"]');
  }

  /** The labels of the days, and of the pinned invocations. */
  groups(): Promise<string[]> {
    return this.#labels('[aria-level="1"]');
  }

  async #labels(selector: string): Promise<string[]> {
    const rows = await this.allRows.and(this.page().locator(selector)).all();
    const placed = await Promise.all(
      rows.map(async (row) => ({
        at: Number(await row.getAttribute('data-index')),
        label: (await row.locator('.label-name').textContent()) ?? '',
      })),
    );
    return placed.toSorted((one, other) => one.at - other.at).map(({ label }) => label);
  }

  /** A button in the title of the view. */
  button(title: string): Locator {
    return this.pane.locator('.pane-header').getByRole('button', { name: title });
  }
}

/** The Results view. */
export class ResultsView extends View {
  constructor(page: () => Page) {
    super(page, 'Results');
  }

  get rows(): Locator {
    return this.allRows;
  }

  /** A button in the title of the view. */
  button(title: string): Locator {
    return this.pane.locator('.pane-header').getByRole('button', { name: title });
  }
}

/** The Presets view. */
export class PresetsView extends View {
  readonly #command: (title: string) => Promise<void>;

  constructor(page: () => Page, command: (title: string) => Promise<void>) {
    super(page, 'Presets');
    this.#command = command;
  }

  /** Shows the view. */
  async open(): Promise<void> {
    await this.#command('View: Show Lambda Invoke');
    await this.page().locator('.pane-body .monaco-list, .welcome-view').first().waitFor();
  }

  /** The labels of all rows, top to bottom. */
  async rows(): Promise<string[]> {
    return this.allRows.locator('.label-name').allTextContents();
  }
}
