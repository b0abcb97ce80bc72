import { visibleLine, visibleText } from '../src/core/messages/visibleText.ts';

/** Returns the element with an id. Page and script come from the same build, so it exists. */
export function byId<T extends HTMLElement = HTMLElement>(id: string): T {
  const element = document.getElementById(id);
  if (element === null) throw new Error(`The page has no #${id}`);
  return element as T;
}

/** Creates an element with a class and text. Text never becomes markup, and invisible characters are shown. */
export function create(tag: string, className: string, ...content: (string | Node)[]): HTMLElement {
  const element = document.createElement(tag);
  if (className !== '') element.className = className;
  element.append(...content.map((part) => (typeof part === 'string' ? visibleText(part) : part)));
  return element;
}

/** Skips unchanged text: a live region would repeat it with every key. */
function showOnce(element: Element, text: string): void {
  if (element.textContent !== text) element.textContent = text;
}

/** Shows text of one or more lines. */
export function setText(element: Element, text: string): void {
  showOnce(element, visibleText(text));
}

/** Shows text of one line, such as a name or a path. */
export function setLine(element: Element, text: string): void {
  showOnce(element, visibleLine(text));
}

export function setTitle(element: HTMLElement, title: string): void {
  element.title = visibleLine(title);
}

/** Sets the name that screen readers use for an element. */
export function setName(element: Element, name: string): void {
  element.setAttribute('aria-label', visibleLine(name));
}
