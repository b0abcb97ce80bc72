import type { Frame } from 'playwright-core';

/** A text of the page, with the element that shows it. */
export interface PageText {
  readonly text: string;
  readonly element: string;
}

/**
 * Every visible text, name, tooltip and placeholder of the form, except output of the function (`pre`, `code`, its
 * error, entries of its log and their levels), values of facts (`dd`), and tooltips with field names of the Lambda
 * response (`dt`).
 */
export async function pageTexts(frame: Frame): Promise<PageText[]> {
  return frame.evaluate(() => {
    const describe = (element: Element) => `<${element.localName} id="${element.id}" class="${element.className}">`;
    const isShown = (element: Element) =>
      element.checkVisibility() &&
      element.closest(
        'pre, code, dd, .cm-content, .error-type, .error-message, .log-line, .log-chip, style, script',
      ) === null;
    const texts: { text: string; element: string }[] = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
      const parent = node.parentElement;
      const text = node.textContent?.trim() ?? '';
      if (parent !== null && text !== '' && isShown(parent)) texts.push({ text, element: describe(parent) });
    }
    for (const element of document.body.querySelectorAll('[title], [aria-label], [placeholder]')) {
      if (!isShown(element)) continue;
      for (const name of ['title', 'aria-label', 'placeholder']) {
        const text = element.getAttribute(name)?.trim() ?? '';
        if (name === 'title' && element.localName === 'dt') continue;
        if (text !== '') texts.push({ text, element: `${describe(element)} ${name}` });
      }
    }
    return texts;
  });
}

/** Whether translated texts (⟦…⟧) are glued together: a translator can't reorder them. A middle dot separates facts. */
export function isConcatenated(text: string): boolean {
  let depth = 0;
  let between: string | undefined;
  for (const character of text) {
    if (character === '⟦') {
      if (depth === 0 && between !== undefined && !/^ [·–] /.test(between)) return true;
      depth++;
    } else if (character === '⟧') {
      depth--;
      if (depth === 0) between = '';
    } else if (depth === 0 && between !== undefined) between += character;
  }
  return false;
}

/** Labels, buttons, selected values and headings whose text doesn't fit their box, or that reach beyond the page. */
export async function clippedTexts(frame: Frame): Promise<string[]> {
  return frame.evaluate(() => {
    const elements = [
      ...document.body.querySelectorAll('label, button, vscode-button, legend, summary, h1, h2, h3, p, dt'),
    ];
    const isClipped = (element: Element) => {
      if (!element.checkVisibility() || element.closest('.visually-hidden') !== null) return false;
      const style = getComputedStyle(element);
      const overflows = element.scrollWidth > element.clientWidth + 1 && style.display !== 'inline';
      return (
        (overflows && style.overflowX !== 'visible') ||
        element.getBoundingClientRect().right > document.documentElement.clientWidth + 1
      );
    };
    return elements.filter(isClipped).map((element) => `${element.localName}: ${element.textContent?.trim() ?? ''}`);
  });
}
