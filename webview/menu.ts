import { create, setName, setTitle } from './dom.ts';

export interface MenuItem {
  readonly label: string;
  readonly id?: string;
  readonly title?: string;
  readonly run: () => void;
}

/** Items between two lines. */
export interface MenuGroup {
  readonly label?: string;
  readonly items: readonly MenuItem[];
}

const MARGIN = 4;

function itemView({ label, id, title, run }: MenuItem, close: () => void): HTMLElement {
  const item = create('button', 'menu-item', label);
  item.setAttribute('type', 'button');
  item.setAttribute('role', 'menuitem');
  item.tabIndex = -1;
  if (id !== undefined) item.id = id;
  if (title !== undefined) setTitle(item, title);
  item.addEventListener('click', () => {
    close();
    run();
  });
  item.addEventListener('pointermove', () => item.focus({ preventScroll: true }));
  return item;
}

function groupView({ label, items }: MenuGroup, close: () => void): HTMLElement {
  const group = create('div', 'menu-group');
  group.setAttribute('role', 'group');
  if (label !== undefined) {
    setName(group, label);
    const head = create('div', 'menu-label', label);
    head.setAttribute('aria-hidden', 'true');
    group.append(head);
  }
  group.append(...items.map((item) => itemView(item, close)));
  return group;
}

/** Places a menu below its button, or above it where there is more space. */
function place(menu: HTMLElement, button: HTMLElement): void {
  const { left, right, top, bottom } = button.getBoundingClientRect();
  const below = window.innerHeight - bottom;
  const isBelow = below >= Math.min(menu.scrollHeight + 2 * MARGIN, top);
  menu.style.maxHeight = `${Math.max(80, (isBelow ? below : top) - 2 * MARGIN)}px`;
  if (isBelow) menu.style.top = `${bottom + 1}px`;
  else menu.style.bottom = `${window.innerHeight - top + 1}px`;
  const width = menu.offsetWidth;
  const start = button.matches('.icon-button') ? right - width : left;
  menu.style.left = `${Math.max(MARGIN, Math.min(start, window.innerWidth - width - MARGIN))}px`;
}

/** Opens a menu on click. The groups are read each time. When the menu closes, the focus returns to where it was. */
export function attachMenu(button: HTMLElement, groups: () => readonly MenuGroup[]): void {
  let menu: HTMLElement | undefined;
  let returnTo: HTMLElement = button;

  const items = () => [...(menu?.querySelectorAll<HTMLElement>('.menu-item') ?? [])];

  function close(): void {
    if (menu === undefined) return;
    const hadFocus = menu.contains(document.activeElement);
    menu.remove();
    menu = undefined;
    button.setAttribute('aria-expanded', 'false');
    document.removeEventListener('pointerdown', closeOutside, true);
    window.removeEventListener('resize', close);
    if (hadFocus) (returnTo.isConnected ? returnTo : button).focus({ preventScroll: true });
  }

  function closeOutside({ target }: Event): void {
    const isInside = target instanceof Node && (menu?.contains(target) === true || button.contains(target));
    if (!isInside) close();
  }

  function move(to: (at: number, count: number) => number): void {
    const all = items();
    const at = all.findIndex((item) => item === document.activeElement);
    all.at(to(at, all.length) % all.length)?.focus();
  }

  function typeAhead(letter: string): void {
    const all = items();
    const at = all.findIndex((item) => item === document.activeElement);
    const rest = [...all.slice(at + 1), ...all.slice(0, at + 1)];
    rest.find((item) => item.textContent.trim().toLowerCase().startsWith(letter.toLowerCase()))?.focus();
  }

  function press(event: KeyboardEvent): void {
    const moves: Record<string, () => void> = {
      ArrowDown: () => move((at) => at + 1),
      ArrowUp: () => move((at, count) => (at <= 0 ? count - 1 : at - 1)),
      Home: () => move(() => 0),
      End: () => move((_, count) => count - 1),
      Escape: close,
      Tab: close,
    };
    const action = moves[event.key];
    if (action !== undefined) {
      action();
      if (event.key !== 'Tab') event.preventDefault();
    } else if (event.key.length === 1 && event.key !== ' ' && !event.ctrlKey && !event.metaKey) typeAhead(event.key);
    event.stopPropagation();
  }

  function open(): void {
    const shown = groups().filter((group) => group.items.length > 0);
    if (shown.length === 0) return;
    const { activeElement } = document;
    returnTo = activeElement instanceof HTMLElement && activeElement !== document.body ? activeElement : button;
    menu = create('div', 'popup-menu', ...shown.map((group) => groupView(group, close)));
    menu.setAttribute('role', 'menu');
    menu.setAttribute('aria-labelledby', button.id);
    menu.addEventListener('keydown', press);
    button.after(menu);
    button.setAttribute('aria-expanded', 'true');
    place(menu, button);
    document.addEventListener('pointerdown', closeOutside, true);
    window.addEventListener('resize', close);
    items()[0]?.focus();
  }

  button.addEventListener('click', () => (menu === undefined ? open() : close()));
  button.addEventListener('keydown', (event) => {
    if (event.key !== 'ArrowDown' || menu !== undefined) return;
    event.preventDefault();
    open();
  });
}
