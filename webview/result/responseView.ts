import * as l10n from '@vscode/l10n';
import { joinBytes } from '../../src/core/invocation/joinBytes.ts';
import { jsonDepth, MAX_DEPTH } from '../../src/core/json/jsonText.ts';
import { toResponseText, type ResponseText } from '../../src/core/outcome/response.ts';
import { formatBytes } from '../../src/core/outcome/summary.ts';
import type { ResponsePart, ToForm } from '../../src/protocol/messages.ts';
import { byId, create } from '../dom.ts';
import { streamText } from './streamText.ts';
import { TextPanel } from './textPanel.ts';

type StreamedPart = Extract<ToForm, { type: 'streamed' }>;

/** Shows a response: its first part at once, then all of it, or a stream as it arrives. */
export class ResponseView {
  readonly panel: TextPanel;
  #invocationId = '';
  #parts: Uint8Array[] = [];
  #decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  #isRaw = false;
  #streamedBytes = 0;
  #whole: { readonly bytes: Uint8Array; readonly response: ResponseText } | undefined;
  #state = '';

  constructor(onSelect: () => void) {
    this.panel = new TextPanel({ root: byId('response-text'), label: l10n.t('Response'), onSelect });
  }

  /** Size and kind of the response. */
  get state(): string {
    return this.#state;
  }

  get isRaw(): boolean {
    return this.#isRaw;
  }

  /** Whether there is a response that isn't empty. */
  get hasContent(): boolean {
    return this.#state !== '' && this.#whole?.response.kind !== 'empty';
  }

  /** Whether Raw shows something else. */
  get hasRaw(): boolean {
    return this.#whole?.response.kind === 'json';
  }

  clear(): void {
    this.#reset();
    this.panel.clear();
  }

  /** Shows a sentence in place of a response. */
  showMessage(message: HTMLElement | undefined): void {
    byId('response').querySelector('.message')?.remove();
    byId('response-text').hidden = message !== undefined;
    if (message !== undefined) byId('response').append(message);
  }

  /** Adds a part of a buffered response. Returns all bytes with the last part. */
  add(invocationId: string, { offset, byteLength, bytes, totalBytes }: ResponsePart): Uint8Array | undefined {
    // The panel replaces its text, which is faster than clearing it before.
    if (offset === 0) this.#reset();
    this.#invocationId = invocationId;
    const size =
      totalBytes === undefined || totalBytes <= byteLength
        ? formatBytes(byteLength)
        : l10n.t('First {0} of {1}', formatBytes(byteLength), formatBytes(totalBytes));
    this.#parts.push(bytes);
    if (offset + bytes.byteLength >= byteLength) {
      const whole = joinBytes(this.#parts);
      this.#showWhole(whole, size);
      return whole;
    }
    if (offset === 0) {
      this.#state = size;
      // The last character can be incomplete.
      const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes, { stream: true });
      this.panel.show({ text, language: 'json', isPartial: true });
    }
    return undefined;
  }

  /** Adds a part of a streaming response. Returns whether it is the first one. */
  addStreamed({ invocationId, offset, bytes, stats }: StreamedPart): boolean {
    const isFirst = invocationId !== this.#invocationId || offset === 0;
    if (isFirst) {
      this.clear();
      this.#invocationId = invocationId;
      this.#decoder = new TextDecoder('utf-8', { ignoreBOM: true });
      this.#streamedBytes = 0;
      this.panel.show({ text: '', language: 'text' });
    }
    if (offset !== this.#streamedBytes) return isFirst;
    this.#streamedBytes += bytes.byteLength;
    this.panel.append(this.#decoder.decode(bytes, { stream: true }));
    const shown = formatBytes(this.#streamedBytes);
    const isShort = this.#streamedBytes < stats.bytes;
    this.#state = isShort ? l10n.t('{0} · showing the first {1}', streamText(stats), shown) : streamText(stats);
    return isFirst;
  }

  /** Switches between the formatted and the raw response. */
  toggleRaw(): void {
    this.#isRaw = !this.#isRaw;
    this.#showForm();
  }

  #reset(): void {
    this.#invocationId = '';
    this.#whole = undefined;
    this.#parts = [];
    this.#isRaw = false;
    this.#state = '';
    this.showMessage(undefined);
  }

  #showWhole(bytes: Uint8Array, size: string): void {
    this.#parts = [];
    const response = toResponseText(bytes);
    this.#whole = { bytes, response };
    switch (response.kind) {
      case 'json': {
        const depth = response.isLarge === true ? 0 : jsonDepth(response.text);
        this.#state =
          depth > MAX_DEPTH
            ? l10n.t('{0} · JSON · not formatted (nested {1} levels)', size, depth)
            : l10n.t('{0} · JSON', size);
        break;
      }
      case 'text':
        this.#state = l10n.t('{0} · text', size);
        break;
      case 'empty':
        this.#state = l10n.t('Empty');
        break;
      case 'binary':
        this.#state = l10n.t('{0} · binary', size);
    }
    this.#showForm();
  }

  #showForm(): void {
    if (this.#whole === undefined) return;
    const { bytes, response } = this.#whole;
    switch (response.kind) {
      case 'json':
        return this.panel.show({ text: response.text, language: 'json', isRaw: this.#isRaw });
      case 'text':
        return this.panel.show({ text: response.text, language: 'text' });
      case 'empty':
        this.panel.clear();
        return this.showMessage(create('p', 'message', l10n.t('The response is empty.')));
      case 'binary':
        return this.panel.show({ bytes, language: 'binary' });
    }
  }
}
