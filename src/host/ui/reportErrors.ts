import type { Message } from '../../core/messages/messages.ts';
import { notify, notifyError } from '../notify.ts';

/** Tells a sentence in a warning that nobody waits for. */
export function showWarning(text: Message): void {
  notify('warning', text);
}

/** Does what a person asked for, and tells them where it cannot be done: nothing fails unseen. */
export function reportErrors(doing: Thenable<unknown>): void {
  doing.then(undefined, notifyError);
}
