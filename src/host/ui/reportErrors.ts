import { notifyError } from '../notify.ts';

/** Shows the error of a promise that isn't awaited. */
export function reportErrors(work: Thenable<unknown>): void {
  work.then(undefined, notifyError);
}
