import type { PayloadEditor, PayloadEditorOptions } from './editors.ts';

/**
 * Creates the editor of the inline payload: the text area at once, and an editor in its place as soon as the bundle of
 * the editors is loaded, after the first paint.
 */
export function createPayloadField(options: PayloadEditorOptions): PayloadEditor {
  throw new Error(`not built yet: ${options.label}`);
}
