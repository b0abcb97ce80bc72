import type { Locator, Page } from 'playwright-core';

/** VS Code's Test Explorer. */
export class TestExplorer {
  readonly #page: () => Page;
  readonly #command: (title: string) => Promise<void>;

  constructor(page: () => Page, command: (title: string) => Promise<void>) {
    this.#page = page;
    this.#command = command;
  }

  /** Shows the view, and waits until it lists tests. */
  async open(): Promise<void> {
    await this.#command('Testing: Focus on Test Explorer View');
    await this.rows.first().waitFor();
  }

  get rows(): Locator {
    return this.#page().locator('.test-explorer .monaco-list-row');
  }

  /** A row by its label. */
  row(label: string): Locator {
    return this.rows.filter({ has: this.#page().locator('.label').getByText(label, { exact: true }) });
  }

  /** The rows in a state, such as Passed or Failed. Screen readers read it. */
  inState(label: string, state: 'Passed' | 'Failed' | 'Not yet run'): Locator {
    return this.#page().locator(`.test-explorer .monaco-list-row[aria-label^="${label} (${state}"]`);
  }

  /** Shows the rows below all rows. */
  async expandAll(): Promise<void> {
    await this.rows.first().click();
    await this.#page().keyboard.press('Control+A');
  }

  async runAll(): Promise<void> {
    await this.#command('Test: Run All Tests');
  }
}
