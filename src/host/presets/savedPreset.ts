import type { Connection } from '../../core/connection/connection.ts';
import type { Draft } from '../../core/invocation/draft.ts';
import type { OpenedPreset, Preset } from '../../core/presets/preset.ts';
import { presetEnvironment } from '../../core/presets/presetEnvironment.ts';
import { payloadPath, payloadUri } from '../files/payloadPaths.ts';
import type { PresetStore } from './presetStores.ts';

/** The content of a form to save. */
export interface FormToSave {
  readonly draft: Draft;
  readonly connection: Connection;
  /** The preset that the form came from. */
  readonly opened?: OpenedPreset;
}

/** A preset that was saved from a form, and the draft that shows it. */
export interface SavedPreset {
  readonly draft: Draft;
  readonly opened: OpenedPreset;
}

/** Converts the URI of a payload file to its path. The path of the opened preset stays as it was written. */
export function formPath(store: PresetStore, opened: OpenedPreset | undefined): (uri: string) => string {
  const before = opened?.resolved?.payloadFile;
  return (uri) => (before !== undefined && payloadUri(store, before) === uri ? before : payloadPath(store, uri));
}

/** The saved preset as the one that its form shows. The connection and the path have the values that the form shows. */
export function openedAfterSave(
  raw: Preset,
  { draft, connection, opened }: FormToSave,
  { store, index }: { readonly store: PresetStore; readonly index: number },
): OpenedPreset {
  const { profile, region, endpoint } = connection.kind === 'aws' ? connection : { endpoint: 'local' };
  const resolved: Preset = {
    ...raw,
    ...(raw.payloadFile !== undefined && { payloadFile: formPath(store, opened)(draft.payloadFile) }),
    ...(raw.profile !== undefined && profile !== undefined && { profile }),
    ...(raw.region !== undefined && region !== undefined && { region }),
    ...(raw.endpoint !== undefined && endpoint !== undefined && { endpoint }),
  };
  return { raw, resolved, store: store.uri.toString(), index, ...presetEnvironment(raw) };
}
