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

  get response(): Locator {
    return this.#frame.locator('#result:not([aria-busy]) #response-text');
  }

  get log(): Locator {
    return this.#frame.locator('#result:not([aria-busy]) #log-rows');
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
