import type { Connection } from '../core/connection/connection.ts';
import { EMPTY_DRAFT, type Draft } from '../core/invocation/draft.ts';
import { isRecord } from '../core/json/isRecord.ts';
import type { PresetOrigin } from '../core/presets/presetOrigin.ts';
import { parseConnection, parseDraft, parsePresetOrigin } from './invocationFields.ts';

/** The part of a page's stored state that the host needs. */
interface StoredForm {
  readonly draft: Draft;
  readonly baseline: Draft;
  readonly connection?: Connection;
  readonly preset?: PresetOrigin;
}

/** State from an older version might lack fields. */
function parseStoredDraft(value: unknown): Draft {
  return parseDraft({ ...EMPTY_DRAFT, ...(isRecord(value) ? value : {}) }) ?? EMPTY_DRAFT;
}

/** Parses the state of a page. Missing or invalid fields are empty, as in the page. */
export function parsePageState(value: unknown): StoredForm {
  const state = isRecord(value) ? value : {};
  const connection = parseConnection(state['own']);
  const preset = parsePresetOrigin(state['preset']);
  return {
    draft: parseStoredDraft(state['draft']),
    baseline: parseStoredDraft(state['baseline']),
    ...(connection && { connection }),
    ...(preset && { preset }),
  };
}
