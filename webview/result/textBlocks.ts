import { setText } from '../dom.ts';

/** Blocks of this many characters: the browser lays out only those in view. */
const BLOCK_CHARACTERS = 32_768;

/** Cuts a text into blocks, at line ends where there are any. */
function* blocks(text: string): Generator<string> {
  let start = 0;
  while (start < text.length) {
    let end = Math.min(text.length, start + BLOCK_CHARACTERS);
    // Looked for in the block alone: a long line would be gone through again for each of its blocks.
    const lineEnd = text.slice(start, end).lastIndexOf('\n');
    if (end < text.length && lineEnd !== -1) end = start + lineEnd + 1;
    // A pair of surrogates stays together.
    else if (end < text.length && /[\uD800-\uDBFF]/.test(text[end - 1] ?? '')) end--;
    yield text.slice(start, end);
    start = end;
  }
}

/** Appends text to an element in blocks that are laid out only when they come into view; never as markup. */
export function appendText(element: HTMLElement, text: string): void {
  for (const block of blocks(text)) {
    // A block ends a line. One that is cut out of a long line stands on lines of its own as well: laid out in one piece,
    // a line of megabytes blocks the view for seconds.
    const isWholeLines = block.endsWith('\n');
    const isBlock = isWholeLines || block.length > BLOCK_CHARACTERS / 2;
    const part = document.createElement(isBlock ? 'div' : 'span');
    part.className = isBlock ? 'block' : '';
    setText(part, isWholeLines ? block.slice(0, -1) : block);
    element.append(part);
  }
}
