import { setName, setText, setTitle } from '../dom.ts';
import { icon, type IconName } from '../icons.ts';

function button(className: string, onClick: () => void): HTMLButtonElement {
  const element = document.createElement('button');
  element.type = 'button';
  element.className = className;
  element.addEventListener('click', onClick);
  return element;
}

/** A button with a text. */
export function textButton(label: string, onClick: () => void): HTMLButtonElement {
  const element = button('secondary', onClick);
  setText(element, label);
  return element;
}

/** Names a button that has only an icon. */
export function nameIconButton(element: HTMLElement, label: string): void {
  setTitle(element, label);
  setName(element, label);
}

/** A button with an icon. */
export function iconButton(name: IconName, label: string, onClick: () => void): HTMLButtonElement {
  const element = button('icon-button', onClick);
  nameIconButton(element, label);
  element.append(icon(name));
  return element;
}
