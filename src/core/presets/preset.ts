import { onlyApplicable } from '../invocation/applicableFields.ts';
import { toStoredConnection, type Connection } from '../connection/connection.ts';
import type { Invocation, InvocationType, InvokeMode, LogType, PayloadSource } from '../invocation/invocation.ts';

/** The preset keys, in the order they're written. Any other key in the file is left untouched. */
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
  'environment',
  'expect',
  'tags',
  'cases',
] as const;

export type PresetKey = (typeof PRESET_KEYS)[number];

/**
 * A saved invocation: Lambda's own fields plus a name, a payload file (relative to the workspace folder) and the
 * connection. ClientContext, Payload, environment, expect, and tags keep the exact text from the file. All fields except
 * name, group, environment, tags, and cases may contain variables (see variables.ts).
 */
export interface Preset extends Partial<Record<PresetKey, string | boolean>> {
  readonly name: string;
  /** Presets with the same group are shown together in the tree. */
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
  /** Whether variables in the payload file are resolved. By default its bytes are sent verbatim. */
  readonly payloadFileVariables?: boolean;
  readonly profile?: string;
  readonly region?: string;
  /** `local`, or the address of an endpoint other than AWS's own. */
  readonly endpoint?: string;
  /** JSON of an object with the environment variables of a local function. `${…}` isn't replaced. */
  readonly environment?: string;
  /** JSON of an object with what the result must be like (see expectation.ts). Makes the preset a test. */
  readonly expect?: string;
  /** JSON of an array of strings. */
  readonly tags?: string;
  /** The path of a file with the cases of the test, relative to the workspace folder. */
  readonly cases?: string;
}

/** The fields that only tests use. They're left out when a preset is invoked, and a form doesn't show them. */
export const TEST_FIELDS = ['expect', 'tags', 'cases'] as const satisfies readonly PresetKey[];

/**
 * All fields of a preset, including those that don't apply to its invocation type. `toUri` resolves the payload file's
 * path, relative to the preset's folder.
 */
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

/** The invocation of a preset. `toUri` resolves the payload file's path, relative to the preset's folder. */
export function presetInvocation(preset: Preset, toUri: (path: string) => string): Invocation {
  return onlyApplicable(presetFields(preset, toUri));
}

/**
 * The connection of a preset: its profile if it has one, or else the selected connection. The preset's region and
 * endpoint override both.
 */
export function presetConnection(preset: Preset, selected: Connection): Connection {
  if (preset.endpoint === 'local') return { kind: 'local' };
  const { profile, region, endpoint } = preset;
  const overrides = { ...(region !== undefined && { region }), ...(endpoint !== undefined && { endpoint }) };
  if (profile !== undefined) return { kind: 'aws', profile, ...overrides };
  if (selected.kind === 'aws') return { ...selected, ...overrides };
  // A custom endpoint always means AWS, even when Local is selected.
  return endpoint === undefined ? selected : { kind: 'aws', ...overrides };
}

/** The parts of a connection that a preset can save. */
export interface SavedParts {
  readonly profile: boolean;
  readonly region: boolean;
  readonly endpoint: boolean;
}

interface PresetOrigin {
  readonly invocation: Invocation;
  readonly connection: Connection;
  /** Converts a URI to a path relative to the workspace folder. */
  readonly toPath: (uri: string) => string;
  /** Which parts of the AWS connection the preset saves. The others are selected when it runs. */
  readonly savedParts: SavedParts;
}

/** Creates a preset from an invocation. */
export function toPreset(name: string, { invocation, connection, toPath, savedParts }: PresetOrigin): Preset {
  const { payload, ...fields } = invocation;
  const { profile, region, endpoint } = connection.kind === 'aws' ? toStoredConnection(connection) : {};
  return {
    name,
    ...fields,
    ...(payload.kind === 'typed' && { Payload: payload.text }),
    ...(payload.kind === 'file' && { payloadFile: toPath(payload.uri) }),
    ...(savedParts.profile && profile !== undefined && { profile }),
    ...(savedParts.region && region !== undefined && { region }),
    ...(savedParts.endpoint && endpoint !== undefined && { endpoint }),
    ...(connection.kind === 'local' && { endpoint: 'local' }),
  };
}

/** A preset that was opened in a form. */
export interface OpenedPreset {
  /** As saved in its file. */
  readonly raw: Preset;
  /** With the values of the variables that the form shows. Missing after the window was reloaded. */
  readonly resolved?: Preset;
  /** The URI of its file, and its index in it. */
  readonly store: string;
  readonly index: number;
  /** Its environment variables. */
  readonly environment?: Readonly<Record<string, string>>;
}
