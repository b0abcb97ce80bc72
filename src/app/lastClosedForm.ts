import { EMPTY_DRAFT, isSameDraft } from '../core/invocation/draft.ts';
import type { FormResults, Results } from './results.ts';
import type { FormContent } from './shownDraft.ts';

interface ClosedForm {
  readonly content: FormContent;
  readonly results: FormResults;
  /** Stops following its payload file. Its content stays as it is. */
  release(): void;
}

/** The form that was closed last, without empty forms and until it's reopened. In memory only. */
export class LastClosedForm<F extends ClosedForm> {
  readonly #results: Pick<Results, 'close'>;
  #form: F | undefined;

  constructor(results: Pick<Results, 'close'>) {
    this.#results = results;
  }

  /** Remembers a form that was closed, unless it's empty. */
  remember(form: F): void {
    const isEmpty = isSameDraft(form.content.draft, EMPTY_DRAFT);
    const dropped = isEmpty ? form : this.#form;
    if (dropped !== undefined) this.#results.close(dropped.results);
    dropped?.release();
    if (!isEmpty) this.#form = form;
  }

  /** The form to reopen. It's returned only once. */
  take(): F | undefined {
    const form = this.#form;
    this.#form = undefined;
    form?.release();
    return form;
  }
}
