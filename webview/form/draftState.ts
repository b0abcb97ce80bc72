import type { Connection } from '../../src/core/connection/connection.ts';
import { EMPTY_DRAFT, isSameDraft, toInvocation, type Draft } from '../../src/core/invocation/draft.ts';
import type { PresetOrigin } from '../../src/core/presets/presetOrigin.ts';
import { textChange } from '../../src/core/text/textChange.ts';
import { post, saveState, savedState } from '../vscodeApi.ts';

/** What belongs to the draft beside its fields: where it comes from, and what it was without edits. */
export class DraftState {
  /** The draft that a reloaded page starts with. */
  readonly initial: Draft;
  baseline: Draft;
  /** The form's own connection, if it isn't the window's. */
  own: Connection | undefined;
  /** The preset that the draft comes from. */
  preset: PresetOrigin | undefined;
  /** Whether the inline payload is also open in an editor. */
  isInEditor: boolean;
  /** The ID of that editor. */
  editorId: string | undefined;
  /** The number of drafts that the page has received. */
  #drafts = 0;
  /** The inline payload that the host has. */
  #reportedPayload = '';

  constructor() {
    const { own, preset, isInEditor = false, editorId, baseline, draft } = savedState();
    this.own = own;
    this.preset = preset;
    this.isInEditor = isInEditor;
    this.editorId = editorId;
    // State of an older version might lack fields.
    this.baseline = { ...EMPTY_DRAFT, ...baseline };
    this.initial = { ...EMPTY_DRAFT, ...draft };
  }

  /** Another draft is shown, which has edits if it isn't the baseline. */
  fill(baseline: Draft, preset: PresetOrigin | undefined): void {
    this.baseline = baseline;
    this.preset = preset;
    this.#drafts++;
  }

  /** Opens the inline payload in an editor. */
  openEditor(text: string): void {
    this.isInEditor = true;
    post({ type: 'editPayload', text });
  }

  /** Sends an inline payload that is open in an editor. */
  reportPayload(text: string): void {
    if (this.isInEditor) post({ type: 'payloadEdited', text });
  }

  showEditor({ isOpen, editorId }: { readonly isOpen: boolean; readonly editorId: string }): void {
    this.isInEditor = isOpen;
    this.editorId = editorId;
  }

  isEdited(draft: Draft): boolean {
    return !isSameDraft(draft, this.baseline);
  }

  /** The draft was saved as a preset, maybe with other text than the fields have by now. */
  presetSaved(saved: Draft, preset: PresetOrigin, shown: Draft): void {
    const isSame = JSON.stringify(toInvocation(shown)) === JSON.stringify(toInvocation(saved));
    this.baseline = isSame ? shown : saved;
    this.preset = preset;
  }

  /** Sends the draft to the host and stores it in VS Code. */
  report(draft: Draft): void {
    const { Payload, ...fields } = draft;
    const payload = textChange(this.#reportedPayload, Payload);
    post({ type: 'draftChanged', isDirty: this.isEdited(draft), draft: fields, payload, drafts: this.#drafts });
    this.#reportedPayload = Payload;
    const { baseline, own, preset, isInEditor, editorId } = this;
    saveState({ draft, baseline, own, preset, isInEditor, editorId });
  }
}
