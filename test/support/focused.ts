import { formFrame } from './violations.ts';
import type { Window } from './window.ts';

/** The ID of the form's element with the focus, or a description of the element that has it instead. */
export async function focusedIn(window: Window): Promise<string> {
  const frame = await formFrame(window);
  const id = await frame.evaluate(() => (document.hasFocus() ? document.activeElement?.id : undefined));
  if (id !== undefined) return id;
  const path = await window.page.evaluate(() => {
    const names: string[] = [];
    for (let at = document.activeElement; at !== null; at = at.parentElement)
      names.push([at.localName, ...at.classList].join('.'));
    return names.join(' < ');
  });
  return `not in the form: ${path}`;
}
