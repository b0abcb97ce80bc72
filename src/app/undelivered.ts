import type { EndedInvocation } from './invocations.ts';

/** The last outcome of a form, until its page has received it: closing a tab takes a moment, and an outcome can end then. */
export class Undelivered {
  #ended: EndedInvocation | undefined;

  /** Missing if the page has received the last outcome. */
  get ended(): EndedInvocation | undefined {
    return this.#ended;
  }

  /** `received` resolves to whether the page has received the outcome. */
  post(ended: EndedInvocation, received: PromiseLike<boolean>): void {
    this.#ended = ended;
    void received.then((isReceived) => {
      if (isReceived && this.#ended === ended) this.#ended = undefined;
    });
  }

  clear(): void {
    this.#ended = undefined;
  }
}
