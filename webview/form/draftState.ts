import type { Connection } from '../../src/core/connection/connection.ts';
import { EMPTY_DRAFT, isSameDraft, toInvocation, type Draft } from '../../src/core/invocation/draft.ts';
import type { PresetOrigin } from '../../src/core/presets/presetOrigin.ts';
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

  /** What the host needs to restore the form after a reload. */
  get restored() {
    const { own: connection, preset, editorId } = this;
    return {
      ...(connection !== undefined && { connection }),
      ...(preset !== undefined && { preset }),
      ...(editorId !== undefined && { editorId }),
    };
  }

  /** Another draft is shown. */
  fill(draft: Draft, preset: PresetOrigin | undefined): void {
    this.baseline = draft;
    this.preset = preset;
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
    const { FunctionName, payloadFile } = draft;
    post({ type: 'draftChanged', isDirty: this.isEdited(draft), FunctionName, payloadFile });
    const { baseline, own, preset, isInEditor, editorId } = this;
    saveState({ draft, baseline, own, preset, isInEditor, editorId });
  }
}
