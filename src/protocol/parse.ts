import type { Connection } from '../core/connection/connection.ts';
import { shownAddress } from '../core/connection/endpointAddress.ts';
import {
  INVOCATION_TYPES,
  INVOKE_MODES,
  LOG_TYPES,
  type Invocation,
  type PayloadSource,
} from '../core/invocation/invocation.ts';
import { isRecord } from '../core/json/isRecord.ts';
import { FUNCTION_QUESTIONS, type Destination, type OutcomePart, type ToHost } from './messages.ts';

const PARTS = ['response', 'logTail'] as const satisfies readonly OutcomePart[];
const DESTINATIONS = ['clipboard', 'file', 'editor'] as const satisfies readonly Destination[];
const TEXT_FIELDS = ['Qualifier', 'ClientContext', 'TenantId', 'DurableExecutionName'] as const;

function oneOf<T extends string>(choices: readonly T[], value: unknown): T | undefined {
  return choices.find((choice) => choice === value);
}

function parseConnection(value: unknown): Connection | undefined {
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

function parseInvocation(value: unknown): Invocation | undefined {
  if (!isRecord(value)) return undefined;
  const InvocationType = oneOf(INVOCATION_TYPES, value['InvocationType']);
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
  const logType = oneOf(LOG_TYPES, LogType);
  if (LogType !== undefined && logType === undefined) return undefined;
  const invokeMode = oneOf(INVOKE_MODES, value['InvokeMode']);
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

function parseWithInvocation(value: Record<string, unknown>): ToHost | undefined {
  const invocation = parseInvocation(value['invocation']);
  if (invocation === undefined) return undefined;
  const { type } = value;
  if (type === 'savePreset' || type === 'copyAs') return { type, invocation };
  const { invocationId } = value;
  return typeof invocationId === 'string' && invocationId !== ''
    ? { type: 'invoke', invocationId, invocation, isSentAnyway: value['isSentAnyway'] === true }
    : undefined;
}

/** A message from the form, or undefined where it is none: nothing a webview says is believed unread. */
export function parseToHost(value: unknown): ToHost | undefined {
  if (!isRecord(value)) return undefined;
  const { type } = value;
  switch (type) {
    case 'ready': {
      const connection = parseConnection(value['connection']);
      return { type, ...(connection !== undefined && { connection }) };
    }
    case 'stopWaiting':
    case 'browsePayload':
    case 'selectConnection':
    case 'selectRegion':
    case 'selectEndpoint':
    case 'showOutput':
    case 'chooseStreamFile':
    case 'forgetStreamFile':
    case 'saveStream':
      return { type };
    case 'askFunction': {
      const { FunctionName, Qualifier } = value;
      const what = oneOf(FUNCTION_QUESTIONS, value['what']);
      if (what === undefined || typeof FunctionName !== 'string') return undefined;
      return { type, what, FunctionName, ...(typeof Qualifier === 'string' && { Qualifier }) };
    }
    case 'openFrame':
      return Number.isInteger(value['line']) ? { type, line: value['line'] as number } : undefined;
    case 'invoke':
    case 'savePreset':
    case 'copyAs':
      return parseWithInvocation(value);
    case 'openPayload':
      return typeof value['uri'] === 'string' ? { type, uri: value['uri'] } : undefined;
    case 'dropPayload':
      return typeof value['uris'] === 'string' ? { type, uris: value['uris'] } : undefined;
    case 'importText':
    case 'editPayload':
      return typeof value['text'] === 'string' ? { type, text: value['text'] } : undefined;
    case 'draftChanged': {
      const { isDirty, FunctionName, payloadFile } = value;
      return typeof isDirty === 'boolean' && typeof FunctionName === 'string' && typeof payloadFile === 'string'
        ? { type, isDirty, FunctionName, payloadFile }
        : undefined;
    }
    case 'exportResult': {
      const part = oneOf(PARTS, value['part']);
      const to = oneOf(DESTINATIONS, value['to']);
      return part !== undefined && to !== undefined ? { type, part, to } : undefined;
    }
    default:
      return undefined;
  }
}
