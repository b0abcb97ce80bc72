import type { Message } from '../../src/core/messages/messages.ts';
import { byId, create, setText } from '../dom.ts';
import { icon } from '../icons.ts';
import { sentence } from '../localize.ts';

/** Shows the notes of a result below its headline. */
export function showNotes(notes: readonly Message[]): void {
  byId('result-notes').hidden = notes.length === 0;
  byId('result-notes').replaceChildren(
    ...notes.map((note) => create('p', 'note', icon('info'), create('span', '', sentence(note)))),
  );
}

/** Hides the notes of a result that isn't shown anymore. */
export function hideNotes(): void {
  byId('result-notes').hidden = true;
}

/** Dims the previous result while the next invocation is in progress. */
export function setBusy(isBusy: boolean): void {
  for (const id of ['result-main', 'result-notes']) {
    if (isBusy) byId(id).setAttribute('aria-busy', 'true');
    else byId(id).removeAttribute('aria-busy');
  }
}

/** Shows the panels of a result and its log. */
export function showMain(isShown: boolean): void {
  byId('result-main').hidden = !isShown;
}

/** Announces a result to screen readers. */
export function announce(text: string): void {
  const status = byId('result-status');
  status.replaceChildren(); // so that screen readers repeat the same text
  setText(status, text);
}
