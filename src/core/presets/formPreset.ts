import { CONDITIONAL_FIELDS, whyNotApplicable } from '../invocation/applicableFields.ts';
import type { Connection } from '../connection/connection.ts';
import { toDraft, toInvocation, type Draft } from '../invocation/draft.ts';
import { TEXT_FIELDS } from './draftVariables.ts';
import {
  presetFields,
  TEST_FIELDS,
  toPreset,
  type OpenedPreset,
  type Preset,
  type PresetKey,
  type SavedParts,
} from './preset.ts';
import { escapeVariables, variablesOf } from './variables.ts';

/** The content of a form to save. */
export interface FormContent {
  readonly draft: Draft;
  readonly connection: Connection;
  /** Converts a URI to a path relative to the workspace folder. */
  readonly toPath: (uri: string) => string;
}

/** The form shows the values of these, because they select what it shows. */
const RESOLVED_KEYS = ['payloadFile', 'profile', 'region', 'endpoint'] as const satisfies readonly PresetKey[];

const CONNECTION_KEYS = ['profile', 'region', 'endpoint'] as const satisfies readonly PresetKey[];

type TextKey = (typeof TEXT_FIELDS)[number] | (typeof RESOLVED_KEYS)[number];

function mapTexts(preset: Preset, keys: readonly TextKey[], change: (text: string, key: TextKey) => string): Preset {
  const changed = keys.flatMap((key) => (preset[key] === undefined ? [] : [[key, change(preset[key], key)] as const]));
  return { ...preset, ...Object.fromEntries(changed) };
}

/** Whether a preset has variables or escaped ones, so that its text isn't sent as it is. */
function usesVariables(preset: Preset): boolean {
  return preset.payloadFileVariables === true || TEXT_FIELDS.some((key) => preset[key]?.includes('${') === true);
}

/**
 * The draft that shows a preset with its variables. `toUri` resolves the path of the payload file in `resolved`, which
 * has the values of the variables in it.
 */
export function presetDraft(
  { raw, resolved = raw }: Pick<OpenedPreset, 'raw' | 'resolved'>,
  toUri: (path: string) => string,
): Draft {
  const { payloadFile } = resolved;
  return {
    ...toDraft(presetFields({ ...raw, ...(payloadFile !== undefined && { payloadFile }) }, toUri)),
    hasVariables: usesVariables(raw),
    payloadFileVariables: raw.payloadFileVariables === true,
  };
}

/** Whether the form sends texts verbatim that would be variables in a preset. */
export function hasVerbatimVariables(draft: Draft): boolean {
  if (draft.hasVariables) return false;
  const { payload, ...fields } = toInvocation(draft);
  const texts = [...Object.values(fields), payload.kind === 'typed' ? payload.text : ''];
  return texts.some((text) => variablesOf(text).length > 0);
}

/** The fields of an opened preset that the form doesn't show, or doesn't send with its invocation type. */
function unshownFields(saved: Preset, raw: Preset): Partial<Preset> {
  const kind = {
    InvocationType: saved.InvocationType ?? 'RequestResponse',
    ...(saved.InvokeMode !== undefined && { InvokeMode: saved.InvokeMode }),
  };
  const unsent = CONDITIONAL_FIELDS.filter((key) => whyNotApplicable(key, kind) !== undefined);
  return Object.fromEntries(
    [...unsent, 'group' as const, 'environment' as const, ...TEST_FIELDS].flatMap((key) =>
      raw[key] === undefined ? [] : [[key, raw[key]]],
    ),
  );
}

/** Whether the form still has the value of the opened preset. After a reload, its variables are assumed to be unchanged. */
function isUnchanged(key: TextKey, text: string, opened: OpenedPreset | undefined): boolean {
  if (opened === undefined) return false;
  const { raw, resolved } = opened;
  return resolved === undefined ? raw[key]?.includes('${') === true || raw[key] === text : resolved[key] === text;
}

/**
 * The preset of a form: its template text, never the values of its variables. Verbatim text is escaped. The path of the
 * payload file and the connection get their variables back if they still have the values of the opened preset.
 */
export function formPreset(
  name: string,
  { draft, connection, toPath }: FormContent,
  { savedParts, opened }: { readonly savedParts: SavedParts; readonly opened?: OpenedPreset },
): Preset {
  const saved = toPreset(name, { invocation: toInvocation(draft), connection, toPath, savedParts });
  const template = draft.hasVariables ? saved : mapTexts(saved, TEXT_FIELDS, escapeVariables);
  const restored = mapTexts(template, RESOLVED_KEYS, (text, key) =>
    isUnchanged(key, text, opened) ? (opened?.raw[key] ?? text) : escapeVariables(text),
  );
  const isFileResolved = draft.hasVariables && draft.payloadFileVariables && saved.payloadFile !== undefined;
  return {
    ...restored,
    ...(isFileResolved && { payloadFileVariables: true }),
    ...(opened !== undefined && unshownFields(saved, opened.raw)),
  };
}

/** The parts of the connection that an updated preset saves: the ones that it has, or all for another kind. */
function partsToUpdate(current: Preset, connection: Connection): SavedParts {
  if ((current.endpoint === 'local') !== (connection.kind === 'local'))
    return { profile: true, region: true, endpoint: true };
  const has = (key: (typeof CONNECTION_KEYS)[number]) => current[key] !== undefined;
  return { profile: has('profile'), region: has('region'), endpoint: has('endpoint') };
}

/** Without the default values that the preset didn't have. */
function withoutNewDefaults(updated: Preset, current: Preset): Preset {
  const { InvocationType, LogType, ...others } = updated;
  const isNewType = current.InvocationType === undefined && InvocationType === 'RequestResponse';
  const isNewLog = current.LogType === undefined && LogType === 'Tail';
  return {
    ...others,
    ...(!isNewType && InvocationType !== undefined && { InvocationType }),
    ...(!isNewLog && LogType !== undefined && { LogType }),
  };
}

/** The preset with the content of the form that it was opened in. Without a connection, it is still selected when it runs. */
export function updatedPreset(current: Preset, content: FormContent, opened: OpenedPreset): Preset {
  const options = { savedParts: partsToUpdate(current, content.connection), opened: { ...opened, raw: current } };
  const updated = withoutNewDefaults(formPreset(current.name, content, options), current);
  if (CONNECTION_KEYS.some((key) => current[key] !== undefined)) return updated;
  const { profile: _profile, region: _region, endpoint: _endpoint, ...others } = updated;
  return others;
}
