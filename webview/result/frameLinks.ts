import { visibleText } from '../../src/core/messages/visibleText.ts';
import type { FrameLink } from '../../src/protocol/messages.ts';
import { create, setTitle } from '../dom.ts';
import { post } from '../vscodeApi.ts';

/** The location without folders outside of the workspace: `src/app.ts:12:7` for `/home/me/shop/src/app.ts:12:7`. */
function shortLocation(location: string, label: string): string {
  const path = label.replace(/:\d+$/, '');
  const at = location.lastIndexOf(path);
  if (at !== -1) return location.slice(at);
  return /:\d+$/.test(label) ? label : location; // from a source map
}

/** Turns stack lines with a file in the workspace into links. */
export function linkFrames(frames: readonly FrameLink[]): void {
  for (const { line, label, start, end } of frames) {
    const element = document.querySelector<HTMLElement>(`.frame[data-line="${line}"]`);
    const text = element?.dataset['text'] ?? '';
    if (element === null || element.querySelector('.link') !== null) continue;
    // Not a button, because its text wouldn't wrap.
    const link = create('span', 'link', shortLocation(text.slice(start, end), label));
    link.tabIndex = 0;
    link.setAttribute('role', 'link');
    setTitle(link, label);
    const open = () => post({ type: 'openFrame', line });
    link.addEventListener('click', open);
    link.addEventListener('keydown', (event) => {
      if (event.key === 'Enter' && !event.ctrlKey && !event.metaKey) open();
    });
    element.replaceChildren(visibleText(text.slice(0, start)), link, visibleText(text.slice(end)));
  }
}
