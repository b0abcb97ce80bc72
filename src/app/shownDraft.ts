import type { Connection } from '../core/connection/connection.ts';
import { toDraft, type Draft } from '../core/invocation/draft.ts';
import type { OpenedPreset } from '../core/presets/preset.ts';
import type { PresetOrigin } from '../core/presets/presetOrigin.ts';
import type { EndedInvocation } from './invocations.ts';

/** The content that a form shows. */
export interface ShownDraft {
  readonly draft: Draft;
  /** By default the connection of the window. */
  readonly connection?: Connection;
  /** The preset that it comes from. */
  readonly opened?: OpenedPreset;
}

/** The content of a form that was closed or reloaded, with its edits. */
export interface FormContent extends ShownDraft {
  /** The draft without edits. */
  readonly baseline: Draft;
  /** The preset that it comes from, until `opened` has been read. */
  readonly preset?: PresetOrigin;
}

/** The invocation as it was sent. */
export function sentDraft({ order }: EndedInvocation): ShownDraft {
  return { draft: toDraft(order.invocation), connection: order.connection };
}

/** The part of a message that names the preset of a draft. */
export function presetOf(opened: OpenedPreset | undefined): { readonly preset?: PresetOrigin } {
  return opened === undefined ? {} : { preset: { name: opened.raw.name, store: opened.store } };
}
