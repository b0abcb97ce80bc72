import { visibleLine, visibleText } from '../src/core/messages/visibleText.ts';

/** The element of an id; the page and this script come from one build. */
export function byId<T extends HTMLElement = HTMLElement>(id: string): T {
  const element = document.getElementById(id);
  if (element === null) throw new Error(`The page has no #${id}`);
  return element as T;
}

/** An element with a class and text; text never becomes markup, and nothing in it is invisible. */
export function create(tag: string, className: string, ...content: (string | Node)[]): HTMLElement {
  const element = document.createElement(tag);
  if (className !== '') element.className = className;
  element.append(...content.map((part) => (typeof part === 'string' ? visibleText(part) : part)));
  return element;
}

/** What is shown already is not shown again: a live region would repeat it with every key. */
function showOnce(element: Element, text: string): void {
  if (element.textContent !== text) element.textContent = text;
}

/** Shows text that may have several lines. */
export function setText(element: Element, text: string): void {
  showOnce(element, visibleText(text));
}

/** Shows a name, a path or another text of one line. */
export function setLine(element: Element, text: string): void {
  showOnce(element, visibleLine(text));
}

export function setTitle(element: HTMLElement, title: string): void {
  element.title = visibleLine(title);
}

/** The name of an element for a screen reader. */
export function setName(element: Element, name: string): void {
  element.setAttribute('aria-label', visibleLine(name));
}
