import { StateEffect, StateField } from '@codemirror/state';
import type { JsonLayout } from '../../src/core/json/jsonLayout.ts';

/** What the document of a viewer is. */
export type ViewerModel =
  | { readonly kind: 'text' | 'binary' }
  /** `source` is the JSON as it was received, `layout` its formatted form. With `isRaw`, the document is the source. */
  | { readonly kind: 'json'; readonly source: string; readonly layout: JsonLayout; readonly isRaw: boolean };

export const setModel = StateEffect.define<ViewerModel>();

export const modelField = StateField.define<ViewerModel>({
  create: () => ({ kind: 'text' }),
  update: (model, { effects }) => effects.findLast((effect) => effect.is(setModel))?.value ?? model,
});
