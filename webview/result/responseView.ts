import * as l10n from '@vscode/l10n';
import { jsonDepth, MAX_DEPTH, prettyJson } from '../../src/core/json/jsonText.ts';
import { joinBytes } from '../../src/core/invocation/joinBytes.ts';
import { toResponseText, type ResponseText } from '../../src/core/outcome/response.ts';
import { formatBytes } from '../../src/core/outcome/summary.ts';
import type { ToForm } from '../../src/protocol/messages.ts';
import { byId, create, setText } from '../dom.ts';
import { hexText } from './hexText.ts';
import { streamText } from './streamText.ts';
import { appendText } from './textBlocks.ts';

/** Larger JSON isn't formatted here. Open in Editor formats it. */
const MAX_PRETTY_BYTES = 1_048_576;
/** How many bytes of a binary response are shown. */
const MAX_HEX_BYTES = 65_536;

type ResponsePart = Extract<ToForm, { type: 'response' }>;
type StreamedPart = Extract<ToForm, { type: 'streamed' }>;

/** Shows a response while its parts arrive, starting with the first screen. Raw shows it unformatted. */
export class ResponseView {
  #invocationId = '';
  #parts: Uint8Array[] = [];
  #decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  #isBinary = false;
  #isRaw = false;
  #streamedBytes = 0;
  #openLine = '';
  /** The entire response, for both views. */
  #whole: { readonly bytes: Uint8Array; readonly response: ResponseText; readonly size: string } | undefined;

  clear(): void {
    this.#invocationId = '';
    this.#whole = undefined;
    this.#parts = [];
    byId('response').hidden = true;
    byId('response-text').replaceChildren();
    setText(byId('response-state'), '');
    byId('response-raw').hidden = true;
    byId('response-save-stream').hidden = true;
    this.#showTools(true);
  }

  /** Adds a part of a buffered response. */
  add({ invocationId, offset, byteLength, bytes, totalBytes }: ResponsePart): void {
    if (offset === 0) this.#start(invocationId);
    if (invocationId !== this.#invocationId) return;
    const isWhole = offset + bytes.byteLength >= byteLength;
    const size =
      totalBytes === undefined || totalBytes <= byteLength
        ? formatBytes(byteLength)
        : l10n.t('First {0} of {1}', formatBytes(byteLength), formatBytes(totalBytes));
    if (byteLength <= MAX_PRETTY_BYTES) {
      this.#parts.push(bytes);
      if (isWhole) this.#showWhole(joinBytes(this.#parts), size);
    } else this.#showPart(bytes, isWhole, size);
  }

  /** Adds a part of a streaming response. */
  addStreamed({ invocationId, offset, bytes, stats }: StreamedPart): void {
    if (invocationId !== this.#invocationId || offset === 0) {
      this.#start(invocationId);
      this.#decoder = new TextDecoder('utf-8', { ignoreBOM: true });
      this.#streamedBytes = 0;
      this.#openLine = '';
      byId('response-save-stream').hidden = false;
      this.#showTools(false);
    }
    if (offset !== this.#streamedBytes) return;
    this.#streamedBytes += bytes.byteLength;
    this.#appendStreamed(this.#decoder.decode(bytes, { stream: true }));
    const shown = formatBytes(this.#streamedBytes);
    const isShort = this.#streamedBytes < stats.bytes;
    this.#state(isShort ? l10n.t('{0} · showing the first {1}', streamText(stats), shown) : streamText(stats));
  }

  /** Adds complete lines in blocks, and the incomplete last line in an element that is replaced later. */
  #appendStreamed(text: string): void {
    const shown = byId('response-text');
    const open = this.#openLine + text;
    const end = open.lastIndexOf('\n') + 1;
    shown.querySelector('.open-line')?.remove();
    if (end > 0) appendText(shown, open.slice(0, end));
    this.#openLine = open.slice(end);
    shown.append(create('span', 'open-line', this.#openLine));
  }

  /** Switches between the formatted and the raw response. */
  toggleRaw(): void {
    this.#isRaw = !this.#isRaw;
    this.#showForm();
  }

  #start(invocationId: string): void {
    this.clear();
    this.#invocationId = invocationId;
    this.#decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
    this.#isBinary = false;
    this.#isRaw = false;
    byId('response').hidden = false;
  }

  #showWhole(bytes: Uint8Array, size: string): void {
    this.#parts = [];
    this.#whole = { bytes, response: toResponseText(bytes), size };
    this.#showForm();
  }

  #showForm(): void {
    if (this.#whole === undefined) return;
    const { bytes, response, size } = this.#whole;
    const text = byId('response-text');
    text.replaceChildren();
    const raw = byId('response-raw');
    raw.hidden = response.kind !== 'json' && response.kind !== 'binary';
    raw.setAttribute('aria-pressed', String(this.#isRaw));
    switch (response.kind) {
      case 'json': {
        const depth = jsonDepth(response.text);
        const isDeep = depth > MAX_DEPTH;
        if (isDeep) raw.hidden = true;
        this.#state(
          isDeep ? l10n.t('{0} · JSON · not formatted (nested {1} levels)', size, depth) : l10n.t('{0} · JSON', size),
        );
        return appendText(text, this.#isRaw || isDeep ? response.text : prettyJson(response.text));
      }
      case 'text':
        this.#state(l10n.t('{0} · text', size));
        return appendText(text, response.text);
      case 'empty':
        return this.#state(l10n.t('Empty'));
      case 'binary':
        this.#state(l10n.t('{0} · binary', size));
        if (this.#isRaw) appendText(text, hexText(bytes.subarray(0, MAX_HEX_BYTES)));
    }
  }

  #showPart(bytes: Uint8Array, isWhole: boolean, size: string): void {
    if (this.#isBinary) return;
    if (this.#parts.length === 0) this.#parts.push(bytes); // in case it turns out to be binary
    try {
      const text = this.#decoder.decode(bytes, { stream: !isWhole });
      appendText(byId('response-text'), text);
      this.#state(l10n.t('{0} · not formatted (large)', size));
    } catch {
      this.#isBinary = true;
      this.#whole = { bytes: joinBytes(this.#parts), response: { kind: 'binary' }, size };
      this.#showForm();
    }
  }

  /** Copy, Save… and Open in Editor require a complete response. */
  #showTools(areShown: boolean): void {
    for (const tool of document.querySelectorAll<HTMLElement>('[data-export="response"]')) tool.hidden = !areShown;
  }

  #state(text: string): void {
    setText(byId('response-state'), text);
  }
}
