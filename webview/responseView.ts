import { prettyJson } from '../src/core/json.ts';
import { formatBytes } from '../src/core/summary.ts';
import { toResponseText } from '../src/core/response.ts';
import type { ToForm } from '../src/protocol/messages.ts';
import { byId } from './dom.ts';
import { t } from './localize.ts';
import { appendText } from './textBlocks.ts';

/** Up to this many bytes JSON is laid out here; above, it is shown as received, and the editor lays it out. */
const MOST_PRETTY_BYTES = 1_048_576;

type ResponsePart = Extract<ToForm, { type: 'response' }>;

/** Shows a response as its parts arrive: the first screen at once, the rest behind it. */
export class ResponseView {
  #invocationId = '';
  #parts: Uint8Array[] = [];
  #decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  #isBinary = false;

  clear(): void {
    this.#invocationId = '';
    byId('response').hidden = true;
    byId('response-text').replaceChildren();
  }

  add({ invocationId, offset, byteLength, bytes }: ResponsePart): void {
    if (offset === 0) this.#start(invocationId);
    if (invocationId !== this.#invocationId) return;
    this.#parts.push(bytes);
    const isWhole = offset + bytes.byteLength >= byteLength;
    if (byteLength <= MOST_PRETTY_BYTES) {
      if (isWhole) this.#showWhole(byteLength);
    } else this.#showPart(bytes, isWhole, byteLength);
  }

  #start(invocationId: string): void {
    this.clear();
    this.#invocationId = invocationId;
    this.#parts = [];
    this.#decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
    this.#isBinary = false;
    byId('response').hidden = false;
  }

  #showWhole(byteLength: number): void {
    const whole = new Uint8Array(byteLength);
    let at = 0;
    for (const part of this.#parts) {
      whole.set(part, at);
      at += part.byteLength;
    }
    this.#parts = [];
    const response = toResponseText(whole);
    const size = formatBytes(byteLength);
    switch (response.kind) {
      case 'json':
        this.#state(t('{0} · JSON', size));
        return appendText(byId('response-text'), prettyJson(response.text));
      case 'text':
        this.#state(t('{0} · text, not JSON', size));
        return appendText(byId('response-text'), response.text);
      case 'empty':
        return this.#state(t('empty'));
      case 'binary':
        return this.#showBinary(byteLength);
    }
  }

  #showPart(bytes: Uint8Array, isWhole: boolean, byteLength: number): void {
    this.#parts = [];
    if (this.#isBinary) return;
    try {
      const text = this.#decoder.decode(bytes, { stream: !isWhole });
      appendText(byId('response-text'), text);
      this.#state(t('{0} · as received; Open in Editor lays it out', formatBytes(byteLength)));
    } catch {
      this.#isBinary = true;
      byId('response-text').replaceChildren();
      this.#showBinary(byteLength);
    }
  }

  #showBinary(byteLength: number): void {
    this.#state(t('{0} · binary (not UTF-8 text); Save keeps the bytes', formatBytes(byteLength)));
  }

  #state(text: string): void {
    byId('response-state').textContent = text;
  }
}
