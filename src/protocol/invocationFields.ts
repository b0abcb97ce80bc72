import type { Connection } from '../core/connection/connection.ts';
import { shownAddress } from '../core/connection/endpointAddress.ts';
import {
  INVOCATION_TYPES,
  INVOKE_MODES,
  LOG_TYPES,
  type Invocation,
  type PayloadSource,
} from '../core/invocation/invocation.ts';
import type { PresetOrigin } from '../core/presets/presetOrigin.ts';
import { isRecord } from '../core/json/isRecord.ts';
import { EMPTY_DRAFT, type Draft } from '../core/invocation/draft.ts';
import type { TextChange } from '../core/text/textChange.ts';
import { boolean, length, oneOf, text, type Field } from './fields.ts';

const TEXT_FIELDS = ['Qualifier', 'ClientContext', 'TenantId', 'DurableExecutionName'] as const;

export function parseConnection(value: unknown): Connection | undefined {
  if (!isRecord(value)) return undefined;
  const { kind, profile, region, endpoint } = value;
  if (kind === 'local') return { kind };
  if (kind !== 'aws') return undefined;
  return {
    kind,
    ...(typeof profile === 'string' && { profile }),
    ...(typeof region === 'string' && { region }),
    ...(typeof endpoint === 'string' && { endpoint: shownAddress(endpoint) }),
  };
}

function parsePayloadSource(value: unknown): PayloadSource | undefined {
  if (!isRecord(value)) return undefined;
  const { kind, text, uri } = value;
  if (kind === 'none') return { kind };
  if (kind === 'typed' && typeof text === 'string') return { kind, text };
  if (kind === 'file' && typeof uri === 'string') return { kind, uri };
  return undefined;
}

export function parseInvocation(value: unknown): Invocation | undefined {
  if (!isRecord(value)) return undefined;
  const InvocationType = oneOf(INVOCATION_TYPES)(value['InvocationType']);
  const payload = parsePayloadSource(value['payload']);
  const { FunctionName, LogType } = value;
  if (typeof FunctionName !== 'string' || InvocationType === undefined || payload === undefined) return undefined;
  const texts: Partial<Record<(typeof TEXT_FIELDS)[number], string>> = {};
  for (const field of TEXT_FIELDS) {
    const text = value[field];
    if (text === undefined) continue;
    if (typeof text !== 'string') return undefined;
    texts[field] = text;
  }
  const logType = oneOf(LOG_TYPES)(LogType);
  if (LogType !== undefined && logType === undefined) return undefined;
  const invokeMode = oneOf(INVOKE_MODES)(value['InvokeMode']);
  if (value['InvokeMode'] !== undefined && invokeMode === undefined) return undefined;
  return {
    FunctionName,
    InvocationType,
    payload,
    ...texts,
    ...(logType !== undefined && { LogType: logType }),
    ...(invokeMode !== undefined && { InvokeMode: invokeMode }),
  };
}

const DRAFT_FIELDS: { readonly [P in keyof Draft]: Field<Draft[P]> } = {
  FunctionName: text,
  Qualifier: text,
  InvocationType: oneOf(INVOCATION_TYPES),
  LogType: oneOf(LOG_TYPES),
  ClientContext: text,
  TenantId: text,
  DurableExecutionName: text,
  InvokeMode: oneOf(INVOKE_MODES),
  payloadKind: oneOf(['file', 'typed']),
  Payload: text,
  payloadFile: text,
  hasVariables: boolean,
  payloadFileVariables: boolean,
};

/** The fields of a draft without its inline payload, which is large. */
export type DraftFields = Omit<Draft, 'Payload'>;

function parseFields<F extends keyof Draft>(value: unknown, fields: readonly F[]): Pick<Draft, F> | undefined {
  if (!isRecord(value)) return undefined;
  const parsed: Record<string, unknown> = {};
  for (const field of fields) {
    const read = DRAFT_FIELDS[field](value[field]);
    if (read === undefined) return undefined;
    parsed[field] = read;
  }
  return parsed as Pick<Draft, F>;
}

const FIELDS = Object.keys(EMPTY_DRAFT) as (keyof Draft)[];
const FIELDS_WITHOUT_PAYLOAD = FIELDS.filter((field) => field !== 'Payload');

/** Parses a draft, all of whose fields are required. */
export function parseDraft(value: unknown): Draft | undefined {
  return parseFields(value, FIELDS);
}

export function parseDraftFields(value: unknown): DraftFields | undefined {
  return parseFields(value, FIELDS_WITHOUT_PAYLOAD);
}

/** Parses a change of a text. */
export function parseTextChange(value: unknown): TextChange | undefined {
  if (!isRecord(value)) return undefined;
  const [start, end, changed] = [length(value['start']), length(value['end']), text(value['text'])];
  if (start === undefined || end === undefined || changed === undefined) return undefined;
  return { start, end, text: changed };
}

/** Parses the preset that a form came from. */
export function parsePresetOrigin(value: unknown): PresetOrigin | undefined {
  if (!isRecord(value)) return undefined;
  const { name, store } = value;
  return typeof name === 'string' && typeof store === 'string' ? { name, store } : undefined;
}
