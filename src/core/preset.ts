import { onlyApplicable } from './applicableFields.ts';
import type { Connection } from './connection.ts';
import type { Invocation, InvocationType, LogType, PayloadSource } from './invocation.ts';

/**
 * An invocation a person saved: Lambda's own fields plus a name, the payload's file (relative to the workspace folder)
 * and the connection. ClientContext and Payload are the texts that stand in the file, token by token.
 */
export interface Preset {
  readonly name: string;
  readonly FunctionName: string;
  readonly Qualifier?: string;
  readonly InvocationType?: InvocationType;
  readonly LogType?: LogType;
  readonly ClientContext?: string;
  readonly TenantId?: string;
  readonly DurableExecutionName?: string;
  readonly Payload?: string;
  readonly payloadFile?: string;
  readonly profile?: string;
  readonly region?: string;
  readonly endpoint?: 'local';
}

/** The invocation of a preset. `toUri` makes a URI of a payload file's path, relative to the preset's folder. */
export function presetInvocation(preset: Preset, toUri: (path: string) => string): Invocation {
  const { name: _, Payload, payloadFile, profile: __, region: ___, endpoint: ____, ...fields } = preset;
  let payload: PayloadSource = { kind: 'none' };
  if (payloadFile !== undefined) payload = { kind: 'file', uri: toUri(payloadFile) };
  else if (Payload !== undefined) payload = { kind: 'typed', text: Payload };
  return onlyApplicable({
    ...fields,
    InvocationType: preset.InvocationType ?? 'RequestResponse',
    LogType: preset.LogType ?? 'Tail',
    payload,
  });
}

/** The connection of a preset: its own where it names one, else the chosen one, with the preset's region. */
export function presetConnection(preset: Preset, chosen: Connection): Connection {
  if (preset.endpoint === 'local') return { kind: 'local' };
  if (preset.profile === undefined) {
    return chosen.kind === 'aws' && preset.region !== undefined ? { ...chosen, region: preset.region } : chosen;
  }
  return {
    kind: 'aws',
    profile: preset.profile,
    ...(preset.region !== undefined && { region: preset.region }),
  };
}

/** The preset that keeps an invocation under a name. `toPath` makes a path relative to the workspace folder of a URI. */
export function toPreset(
  name: string,
  {
    invocation,
    connection,
    toPath,
  }: { invocation: Invocation; connection: Connection; toPath: (uri: string) => string },
): Preset {
  const { payload, ...fields } = invocation;
  return {
    name,
    ...fields,
    ...(payload.kind === 'typed' && { Payload: payload.text }),
    ...(payload.kind === 'file' && { payloadFile: toPath(payload.uri) }),
    ...(connection.kind === 'local' ? { endpoint: 'local' as const } : {}),
    ...(connection.kind === 'aws' && connection.profile !== undefined && { profile: connection.profile }),
    ...(connection.kind === 'aws' && connection.region !== undefined && { region: connection.region }),
  };
}
