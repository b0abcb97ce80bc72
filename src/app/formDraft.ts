import { isSameDraft, typedDraft, type Draft } from '../core/invocation/draft.ts';
import { changeText, joinChanges, type TextChange } from '../core/text/textChange.ts';
import type { ToHost } from '../protocol/toHost.ts';

export type DraftReport = Omit<Extract<ToHost, { type: 'draftChanged' }>, 'type'>;

/** A draft, and the draft without edits. */
export interface EditedDraft {
  readonly draft: Draft;
  readonly baseline: Draft;
}

/** The host's copy of the draft in a form. The page reports each edit at once, because a closing page can't report any. */
export class FormDraft {
  #draft: Draft;
  #baseline: Draft;
  #isDirty: boolean;
  /** The inline payload that the page has reported, which can be from an earlier draft. */
  #reportedPayload = '';
  /** The edits of a large inline payload since then. */
  #typed: TextChange | undefined;
  /** Whether the page has yet to show the draft. */
  #isPending = false;
  /** The number of drafts for the page since it was loaded. */
  #draftCount = 0;

  constructor({ draft, baseline }: EditedDraft) {
    this.#draft = draft;
    this.#baseline = baseline;
    this.#isDirty = !isSameDraft(draft, baseline);
  }

  get isDirty(): boolean {
    return this.#isDirty;
  }

  /** The draft with its last edits. */
  get edited(): EditedDraft {
    const [draft, baseline, typed] = [this.#draft, this.#baseline, this.#typed];
    const isReported = !this.#isPending && draft.Payload === this.#reportedPayload;
    if (typed === undefined || !isReported) return { draft, baseline };
    return { draft: { ...draft, Payload: changeText(draft.Payload, typed) }, baseline };
  }

  /** Whether the page has yet to show the draft. */
  get isPending(): boolean {
    return this.#isPending;
  }

  /** Another draft for the page. */
  fill({ draft, baseline }: EditedDraft): void {
    this.#draft = draft;
    this.#baseline = baseline;
    this.#isDirty = !isSameDraft(draft, baseline);
    this.#isPending = true;
    this.#draftCount++;
  }

  /** The page has loaded. It has the draft that it showed before, until it gets the pending one. */
  pageLoaded(): void {
    this.#draftCount = this.#isPending ? 1 : 0;
  }

  /** The form has edits that its page doesn't know yet. */
  markEdited(): void {
    this.#isDirty = true;
  }

  /** The host has replaced the inline payload. The page reports it soon. */
  replacePayload(text: string): void {
    this.#draft = typedDraft(this.#draft, text);
  }

  /** The draft was saved. It has no edits if it equals `baseline`. */
  saved(baseline: Draft): void {
    this.#baseline = baseline;
  }

  /** An edit of a large inline payload. */
  type(change: TextChange): void {
    this.#typed = this.#typed === undefined ? change : joinChanges(this.#reportedPayload, this.#typed, change);
  }

  /** The page has reported its draft. Returns false if that is an earlier draft. */
  report({ isDirty, draft, payload, drafts }: DraftReport): boolean {
    this.#reportedPayload = changeText(this.#reportedPayload, payload);
    this.#typed = undefined;
    if (drafts < this.#draftCount) return false;
    this.#isPending = false;
    this.#draft = { ...draft, Payload: this.#reportedPayload };
    if (!isDirty) this.#baseline = this.#draft;
    this.#isDirty = isDirty;
    return true;
  }
}
