import { notifyError } from '../notify.ts';

/** For work that nobody waits for: its error is notified. */
export function reportErrors(work: Thenable<unknown>): void {
  work.then(undefined, notifyError);
}
