import type { FrameLocator, Locator } from 'playwright-core';

/** Page object of the form. */
export class FormPage {
  readonly #frame: FrameLocator;

  constructor(frame: FrameLocator) {
    this.#frame = frame;
  }

  /** The input of a text field, by its name in the Lambda API. */
  field(name: string): Locator {
    return this.#frame.locator(`#${name} input, #${name} textarea`);
  }

  async choose(name: string, value: string): Promise<void> {
    await this.#frame.locator(`#${name}`).click();
    await this.#frame.locator(`#${name} vscode-option[value="${value}"]`).click();
  }

  async typePayload(text: string): Promise<void> {
    await this.#frame.locator('#payloadKind input[value="typed"]').check();
    await this.field('Payload').fill(text);
  }

  problem(field: string): Locator {
    return this.#frame.locator(`[data-problem="${field}"]`);
  }

  note(field: string): Locator {
    return this.#frame.locator(`[data-note="${field}"]`);
  }

  get invoke(): Locator {
    return this.#frame.locator('#invoke');
  }

  get headline(): Locator {
    return this.#frame.locator('#result:not([aria-busy]) .headline');
  }

  get outcome(): Locator {
    return this.#frame.locator('#result');
  }

  /** The visible part of the response, but not that of the previous invocation. */
  get response(): Locator {
    return this.#current.locator('#response-text :is(.cm-content, pre)');
  }

  /** The visible part of the body of an HTTP response. */
  get httpBody(): Locator {
    return this.#current.locator('#http-body :is(.cm-content, pre)');
  }

  get log(): Locator {
    return this.#current.locator('#log-body');
  }

  tab(name: 'error' | 'http' | 'response' | 'details' | 'log'): Locator {
    return this.#frame.locator(`#tab-${name}`);
  }

  /** Selects the Details tab and returns its content. */
  async openDetails(): Promise<Locator> {
    await this.#current.locator('#tab-details').click();
    return this.#current.locator('#details');
  }

  get #current(): Locator {
    return this.#frame.locator('#result:not([aria-busy]) #result-main:not([aria-busy])');
  }

  get connection(): Locator {
    return this.#frame.locator('.connection');
  }

  get file(): Locator {
    return this.#frame.locator('#payload-file');
  }

  byId(id: string): Locator {
    return this.#frame.locator(`#${id}`);
  }
}
