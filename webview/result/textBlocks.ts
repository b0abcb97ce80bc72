import { setText } from '../dom.ts';

/** Maximum characters per block. The browser lays out only visible blocks. */
const BLOCK_CHARACTERS = 32_768;

/** Splits a text into blocks, at line ends if possible. */
function* blocks(text: string): Generator<string> {
  let start = 0;
  while (start < text.length) {
    let end = Math.min(text.length, start + BLOCK_CHARACTERS);
    // Search only the block: otherwise a long line would be scanned again for each block.
    const lineEnd = text.slice(start, end).lastIndexOf('\n');
    if (end < text.length && lineEnd !== -1) end = start + lineEnd + 1;
    // Don't split surrogate pairs.
    else if (end < text.length && /[\uD800-\uDBFF]/.test(text[end - 1] ?? '')) end--;
    yield text.slice(start, end);
    start = end;
  }
}

/** Appends text to an element in blocks that are laid out when they become visible. Text never becomes markup. */
export function appendText(element: HTMLElement, text: string): void {
  for (const block of blocks(text)) {
    // Parts of a long line also become blocks on their own lines: a line of several megabytes blocks the view for seconds.
    const isWholeLines = block.endsWith('\n');
    const isBlock = isWholeLines || block.length > BLOCK_CHARACTERS / 2;
    const part = document.createElement(isBlock ? 'div' : 'span');
    part.className = isBlock ? 'block' : '';
    setText(part, isWholeLines ? block.slice(0, -1) : block);
    element.append(part);
  }
}
