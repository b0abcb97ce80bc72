import { Text } from '@codemirror/state';
import { JsonLayout } from '../../src/core/json/jsonLayout.ts';
import type { ViewerContent } from './editors.ts';
import { hexRows } from './hexDump.ts';
import type { ViewerModel } from './viewerModel.ts';

/** Characters that are shown first: more than a screen. */
const FIRST = 8192;
/** JSON in one line has many more tokens to color. */
const FIRST_RAW = 4096;
const PART = 65_536;
const HEX_ROWS = 1024;

/** A text that is built in parts. */
export interface ViewerText {
  readonly model: ViewerModel;
  /** The next part, starting with about a screen. Undefined at the end, `unformatted` if the content isn't JSON. */
  next(): Text | 'unformatted' | undefined;
}

export const toText = (text: string): Text => Text.of(text.split('\n'));

/** A text as it is. Its lines end with `\n` only, so that all characters stay. */
function plainText(text: string, model: ViewerModel): ViewerText {
  let at = 0;
  const first = model.kind === 'json' ? FIRST_RAW : FIRST;
  return {
    model,
    next() {
      if (at >= text.length) return undefined;
      const from = at;
      at = Math.min(text.length, from + (from === 0 ? first : 16 * PART));
      // Don't split surrogate pairs, which would be shown as two characters for a moment.
      if (at < text.length && /[\uD800-\uDBFF]/.test(text[at - 1] ?? '')) at--;
      return toText(text.slice(from, at));
    },
  };
}

function formattedJson(text: string, isPartial: boolean): ViewerText {
  const layout = new JsonLayout(text);
  let isFirst = true;
  return {
    model: { kind: 'json', source: text, layout, isRaw: false },
    next() {
      if (layout.state === 'open') {
        const part = layout.next(isFirst ? FIRST : PART);
        isFirst = false;
        const isJson = ['open', 'valid', ...(isPartial ? ['incomplete'] : [])].includes(layout.state);
        return isJson ? toText(part) : 'unformatted';
      }
      return undefined;
    },
  };
}

/** JSON as it was received. It's scanned too, for its colors and paths. */
function rawJson(text: string): ViewerText {
  const layout = new JsonLayout(text);
  const plain = plainText(text, { kind: 'json', source: text, layout, isRaw: true });
  return {
    model: plain.model,
    next() {
      const part = plain.next();
      if (part !== undefined) return part;
      if (layout.state !== 'open') return undefined;
      layout.next(PART);
      return Text.empty;
    },
  };
}

function hexDump(bytes: Uint8Array): ViewerText {
  let row = 0;
  return {
    model: { kind: 'binary' },
    next() {
      const rows = hexRows(bytes, row, row + (row === 0 ? 128 : HEX_ROWS));
      if (rows.length === 0) return undefined;
      const isFirst = row === 0;
      row += rows.length;
      return Text.of(isFirst ? rows : ['', ...rows]);
    },
  };
}

/** The text of a content, in parts. */
export function viewerText(content: ViewerContent): ViewerText {
  switch (content.language) {
    case 'json':
      return content.isRaw === true ? rawJson(content.text) : formattedJson(content.text, content.isPartial === true);
    case 'text':
      return plainText(content.text, { kind: 'text' });
    case 'binary':
      return hexDump(content.bytes);
  }
}

/** JSON that can't be formatted, as it is. */
export function unformattedText(text: string): ViewerText {
  return plainText(text, { kind: 'text' });
}
