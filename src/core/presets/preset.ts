import { CONDITIONAL_FIELDS, onlyApplicable, whyNotApplicable } from '../invocation/applicableFields.ts';
import { toStoredConnection, type Connection } from '../connection/connection.ts';
import type { Invocation, InvocationType, InvokeMode, LogType, PayloadSource } from '../invocation/invocation.ts';

/** The keys a preset may have, in the order they are written; any other key in the file is somebody else's and stays. */
export const PRESET_KEYS = [
  'name',
  'group',
  'FunctionName',
  'Qualifier',
  'InvocationType',
  'LogType',
  'ClientContext',
  'TenantId',
  'DurableExecutionName',
  'InvokeMode',
  'Payload',
  'payloadFile',
  'payloadFileVariables',
  'profile',
  'region',
  'endpoint',
] as const;

export type PresetKey = (typeof PRESET_KEYS)[number];

/**
 * An invocation a person saved: Lambda's own fields plus a name, the payload's file (relative to the workspace folder)
 * and the connection. ClientContext and Payload are the texts that stand in the file, token by token. Every text may
 * hold variables (core/variables).
 */
export interface Preset extends Partial<Record<PresetKey, string | boolean>> {
  readonly name: string;
  /** Presets of one group stand together in the tree. */
  readonly group?: string;
  readonly FunctionName: string;
  readonly Qualifier?: string;
  readonly InvocationType?: InvocationType;
  readonly LogType?: LogType;
  readonly ClientContext?: string;
  readonly TenantId?: string;
  readonly DurableExecutionName?: string;
  readonly InvokeMode?: InvokeMode;
  readonly Payload?: string;
  readonly payloadFile?: string;
  /** Variables in the payload file's text are resolved, too; else its bytes are sent verbatim. */
  readonly payloadFileVariables?: boolean;
  readonly profile?: string;
  readonly region?: string;
  /** `local`, or the address that requests go to instead of AWS's own. */
  readonly endpoint?: string;
}

/** Every field of a preset, also those its invocation type does not take: what a form shows of it. */
export function presetFields(preset: Preset, toUri: (path: string) => string): Invocation {
  const { FunctionName, Qualifier, ClientContext, TenantId, DurableExecutionName, InvokeMode } = preset;
  const { Payload, payloadFile } = preset;
  let payload: PayloadSource = { kind: 'none' };
  if (payloadFile !== undefined) payload = { kind: 'file', uri: toUri(payloadFile) };
  else if (Payload !== undefined) payload = { kind: 'typed', text: Payload };
  return {
    FunctionName,
    ...(Qualifier !== undefined && { Qualifier }),
    ...(ClientContext !== undefined && { ClientContext }),
    ...(TenantId !== undefined && { TenantId }),
    ...(DurableExecutionName !== undefined && { DurableExecutionName }),
    ...(InvokeMode !== undefined && { InvokeMode }),
    InvocationType: preset.InvocationType ?? 'RequestResponse',
    LogType: preset.LogType ?? 'Tail',
    payload,
  };
}

/** The invocation of a preset. `toUri` makes a URI of a payload file's path, relative to the preset's folder. */
export function presetInvocation(preset: Preset, toUri: (path: string) => string): Invocation {
  return onlyApplicable(presetFields(preset, toUri));
}

/** The connection of a preset: its own where it names one, else the chosen one, with the preset's region. */
export function presetConnection(preset: Preset, chosen: Connection): Connection {
  if (preset.endpoint === 'local') return { kind: 'local' };
  const { profile, region, endpoint } = preset;
  const own = { ...(region !== undefined && { region }), ...(endpoint !== undefined && { endpoint }) };
  if (profile !== undefined) return { kind: 'aws', profile, ...own };
  if (chosen.kind === 'aws') return { ...chosen, ...own };
  // An address of its own is no local function's.
  return endpoint === undefined ? chosen : { kind: 'aws', ...own };
}

/** The parts of a connection that a preset may fix. */
export interface KeptParts {
  readonly profile: boolean;
  readonly region: boolean;
  readonly endpoint: boolean;
}

interface PresetOrigin {
  readonly invocation: Invocation;
  readonly connection: Connection;
  /** Makes a path relative to the workspace folder of a URI. */
  readonly toPath: (uri: string) => string;
  /** Which parts of the AWS connection the preset fixes; the others are chosen when it runs. */
  readonly keep: KeptParts;
}

/** The preset that keeps an invocation under a name. */
export function toPreset(name: string, { invocation, connection, toPath, keep }: PresetOrigin): Preset {
  const { payload, ...fields } = invocation;
  const { profile, region, endpoint } = connection.kind === 'aws' ? toStoredConnection(connection) : {};
  return {
    name,
    ...fields,
    ...(payload.kind === 'typed' && { Payload: payload.text }),
    ...(payload.kind === 'file' && { payloadFile: toPath(payload.uri) }),
    ...(keep.profile && profile !== undefined && { profile }),
    ...(keep.region && region !== undefined && { region }),
    ...(keep.endpoint && endpoint !== undefined && { endpoint }),
    ...(connection.kind === 'local' && { endpoint: 'local' }),
  };
}

/** A preset as it stands in its file, and with the values its variables had when it was opened in a form. */
export interface OpenedPreset {
  readonly raw: Preset;
  readonly resolved: Preset;
}

/** Keys whose text a form may change; of the others it knows nothing. */
const FORM_KEYS = [
  'FunctionName',
  'Qualifier',
  'ClientContext',
  'TenantId',
  'DurableExecutionName',
  'Payload',
  'payloadFile',
  'profile',
  'region',
] as const satisfies readonly PresetKey[];

type FormKey = (typeof FORM_KEYS)[number];

/** What of a preset came from a form as it stands, so that a `${` in it is text. The rest is written as it was opened. */
export function typedKeys(saved: Preset, opened: OpenedPreset | undefined): FormKey[] {
  return FORM_KEYS.filter(
    (key) => saved[key] !== undefined && (opened === undefined || saved[key] !== opened.resolved[key]),
  );
}

/** The preset with changed texts. */
export function mapTexts(preset: Preset, keys: readonly FormKey[], change: (text: string) => string): Preset {
  const changed = keys.flatMap((key) => (preset[key] === undefined ? [] : [[key, change(preset[key])] as const]));
  return { ...preset, ...Object.fromEntries(changed) };
}

/**
 * A preset saved again after it was opened in a form: what the form still has as the variables gave it is written with
 * its variables, and what the form does not know (the group) or does not send stays.
 */
export function keepOpened(saved: Preset, { raw, resolved }: OpenedPreset): Preset {
  const unchanged = FORM_KEYS.flatMap((key) =>
    saved[key] !== undefined && saved[key] === resolved[key] && raw[key] !== undefined
      ? [[key, raw[key]] as const]
      : [],
  );
  // A form leaves out what the kind of invocation does not take.
  const kind = {
    InvocationType: saved.InvocationType ?? 'RequestResponse',
    ...(saved.InvokeMode !== undefined && { InvokeMode: saved.InvokeMode }),
  };
  const unsent = CONDITIONAL_FIELDS.flatMap((key) =>
    whyNotApplicable(key, kind) !== undefined && raw[key] !== undefined ? [[key, raw[key]] as const] : [],
  );
  const { group, payloadFile, payloadFileVariables } = raw;
  const kept = {
    ...saved,
    ...Object.fromEntries([...unchanged, ...unsent]),
    ...(group !== undefined && { group }),
  };
  const isFromFile = payloadFile !== undefined && payloadFileVariables === true;
  if (!isFromFile || saved.Payload === undefined || saved.Payload !== resolved.Payload) return kept;
  const { Payload: _, ...others } = kept;
  return { ...others, payloadFile, payloadFileVariables };
}
