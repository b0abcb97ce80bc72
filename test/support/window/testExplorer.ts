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

  /** A row by the start of its label, which is followed by its description. */
  row(label: string): Locator {
    const text = this.#page()
      .locator('.label')
      .filter({ hasText: new RegExp(`^${label}`) });
    return this.rows.filter({ has: text });
  }

  inState(label: string, state: 'passed' | 'failed'): Locator {
    return this.row(label).filter({ has: this.#page().locator(`.codicon-testing-${state}-icon`) });
  }

  /** Shows the rows below a row. */
  async expand(label: string): Promise<void> {
    await this.row(label).click();
    await this.#page().keyboard.press('ArrowRight');
    await this.row(label).and(this.#page().locator('[aria-expanded="true"]')).waitFor();
  }

  async runAll(): Promise<void> {
    await this.#command('Test: Run All Tests');
  }
}
