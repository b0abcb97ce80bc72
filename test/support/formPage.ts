import type { FrameLocator, Locator } from 'playwright-core';

/** Page object of the form. */
export class FormPage {
  readonly #frame: FrameLocator;

  constructor(frame: FrameLocator) {
    this.#frame = frame;
  }

  /** A field, by its name in the Lambda API. */
  field(name: string): Locator {
    return this.#frame.locator(`#${name}`);
  }

  /** A text field among the options, which are unfolded first. */
  async option(name: string): Promise<Locator> {
    await this.showOptions();
    return this.field(name);
  }

  /** Selects a value among the options. */
  async choose(name: string, value: string): Promise<void> {
    await (await this.option(name)).selectOption(value);
  }

  async showOptions(): Promise<void> {
    const options = this.byId('options');
    if ((await options.getAttribute('open')) === null) await options.locator('summary').click();
  }

  async typePayload(text: string): Promise<void> {
    await this.#frame.locator('#payloadKind input[value="typed"]').check();
    await this.fillPayload(text);
  }

  /** Replaces the inline payload. `fill` can lose its selection, because the editor restores its own with the focus. */
  async fillPayload(text: string): Promise<void> {
    const payload = this.field('Payload');
    await payload.press('Control+A');
    if (text === '') await payload.press('Delete');
    else await payload.page().keyboard.insertText(text);
  }

  /** The inline payload, in the text area or the editor. */
  payload(): Promise<string> {
    return this.field('Payload').evaluate((element) => {
      if (element instanceof HTMLTextAreaElement) return element.value;
      return [...element.querySelectorAll('.cm-line')].map(({ textContent }) => textContent).join('\n');
    });
  }

  /** Opens the menu of the payload's file. */
  async openFileMenu(): Promise<void> {
    await this.#frame.locator('#payloadKind input[value="file"]').check();
    await this.byId('file-menu').click();
  }

  /** Chooses Choose File… in that menu. */
  async chooseFile(): Promise<void> {
    await this.openFileMenu();
    await this.byId('browse').click();
  }

  /** Chooses an item in the menu of the form: Copy As…, Check Permission, Debug Locally, Invoke on Two Targets…. */
  async chooseAction(
    id: 'check-permission' | 'copy-as' | 'debug-locally' | 'invoke-on-two-targets' | 'save-preset-as',
  ): Promise<void> {
    await this.byId('form-menu').click();
    await this.byId(id).click();
  }

  /** Chooses an item in the menu of the function. */
  async chooseFunctionAction(action: 'console' | 'copyArn' | 'logGroup' | 'statistics' | 'facts'): Promise<void> {
    await this.byId('function-menu').click();
    await this.byId(`ask-${action}`).click();
  }

  problem(field: string): Locator {
    return this.#frame.locator(`[data-problem="${field}"]`);
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
    return this.#current.locator('#log-rows');
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
    return this.#frame.locator('#connection');
  }

  get file(): Locator {
    return this.#frame.locator('#payload-file');
  }

  byId(id: string): Locator {
    return this.#frame.locator(`#${id}`);
  }

  /** A control, by its role and its accessible name. */
  byRole(...role: Parameters<FrameLocator['getByRole']>): Locator {
    return this.#frame.getByRole(...role);
  }
}
