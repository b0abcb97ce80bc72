import { isRecord } from '../json/isRecord.ts';
import { levelOf, levelOfNumber } from './level.ts';
import type { EntryParts, FieldSource, LogLevel } from './logEntry.ts';
import { epochMsOf } from './logTime.ts';
import { platformEvent } from './platformEvent.ts';

type JsonObject = Readonly<Record<string, unknown>>;

// The keys of Lambda's JSON format, Powertools for AWS (Python, TypeScript, Java, .NET), pino, bunyan, winston, zap,
// zerolog, slog, logrus, structlog, Serilog, log4j2, ECS, OpenTelemetry and Google's severity. The first match wins.
const LEVEL_KEYS = [
  'level',
  'levelname',
  'log.level',
  'severity',
  'severityText',
  'severity_text',
  'Level',
  'LogLevel',
  'logLevel',
  'log_level',
  'loglevel',
  'lvl',
  '@l',
];
const TIME_KEYS = [
  'timestamp',
  'time',
  'ts',
  '@timestamp',
  '@t',
  'Timestamp',
  'Time',
  'datetime',
  'asctime',
  'timeMillis',
];
const MESSAGE_KEYS = [
  'message',
  'msg',
  'Message',
  '@m',
  'RenderedMessage',
  'event',
  '@mt',
  'MessageTemplate',
  'short_message',
];
const REQUEST_ID_KEYS = [
  'requestId',
  'function_request_id',
  'functionRequestId',
  'FunctionRequestId',
  'AWSRequestId',
  'aws_request_id',
  'awsRequestId',
  'request_id',
  'RequestId',
];
const ERROR_KEYS = ['err', 'error', 'exception', 'Exception'];

interface Used<T> {
  readonly key: string;
  readonly value: T;
}

/** The first of the keys with a value that `read` accepts. */
function firstOf<T>(
  object: JsonObject,
  keys: readonly string[],
  read: (value: unknown) => T | undefined,
): Used<T> | undefined {
  for (const key of keys) {
    const value = object[key] === undefined ? undefined : read(object[key]);
    if (value !== undefined) return { key, value };
  }
  return undefined;
}

const filledText = (value: unknown) => (typeof value === 'string' && value !== '' ? value : undefined);

function readLevel(value: unknown): LogLevel | undefined {
  if (typeof value === 'number') return levelOfNumber(value);
  return typeof value === 'string' ? levelOf(value) : undefined;
}

/** The type and message of an error, such as `TypeError: x is not a function`. */
export function errorLine(value: unknown): string | undefined {
  if (!isRecord(value)) return undefined;
  const type = filledText(value['errorType'] ?? value['type'] ?? value['name']);
  const text = filledText(value['errorMessage'] ?? value['message'] ?? value['msg']);
  return type !== undefined && text !== undefined ? `${type}: ${text}` : (text ?? type);
}

/** Rust's tracing has the message in `fields`. */
const LIFTED_KEYS = ['fields', 'Properties'];

function liftedKeyOf(object: JsonObject): string | undefined {
  return LIFTED_KEYS.find((key) => isRecord(object[key]));
}

interface MessagePart {
  readonly text: string;
  readonly usedKeys: readonly string[];
  readonly liftedKey?: string;
  /** The message is a structured line. */
  readonly inner?: EntryParts;
}

function messageOf(object: JsonObject): MessagePart {
  const { message } = object;
  if (isRecord(message)) {
    const line = typeof message['errorMessage'] === 'string' ? errorLine(message) : undefined;
    const usedKeys = line === undefined ? [] : ['message.errorType', 'message.errorMessage'];
    return { text: line ?? '', usedKeys, liftedKey: 'message' };
  }
  const liftedKey = liftedKeyOf(object);
  const lifted = liftedKey === undefined ? {} : { liftedKey };
  const found = firstOf(object, MESSAGE_KEYS, (value) => (typeof value === 'string' ? value : undefined));
  if (found !== undefined) {
    const inner = found.value.startsWith('{') ? jsonEntry(found.value) : undefined;
    const shared = { text: found.value, usedKeys: [found.key], ...lifted };
    return inner === undefined ? shared : { ...shared, inner };
  }
  const nested = liftedKey === undefined ? undefined : object[liftedKey];
  if (isRecord(nested) && typeof nested['message'] === 'string')
    return { text: nested['message'], usedKeys: [`${liftedKey}.message`], ...lifted };
  if (typeof object['errorMessage'] === 'string')
    return { text: errorLine(object) ?? '', usedKeys: ['errorType', 'errorMessage'], ...lifted };
  const error = firstOf(object, ERROR_KEYS, errorLine);
  return { text: error?.value ?? '', usedKeys: [], ...lifted };
}

function parseObject(text: string): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isRecord(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Longer objects are shown as text. In characters. */
const MAX_JSON = 262_144;

/** Parses a structured line, or a JSON object of several lines. Undefined for other text. */
export function jsonEntry(text: string): EntryParts | undefined {
  const json = text.trim();
  if (!json.startsWith('{') || !json.endsWith('}') || json.length > MAX_JSON) return undefined;
  const object = parseObject(json);
  if (object === undefined) return undefined;
  const platform = platformEvent(object, json);
  if (platform !== undefined) return platform;
  const level = firstOf(object, LEVEL_KEYS, readLevel);
  const time = firstOf(object, TIME_KEYS, epochMsOf);
  const id = firstOf(object, REQUEST_ID_KEYS, filledText);
  const { text: message, usedKeys, liftedKey, inner } = messageOf(object);
  const written = time === undefined ? undefined : String(object[time.key]);
  const fieldSource: FieldSource = {
    kind: 'json',
    json,
    usedKeys: [...[level, time, id].flatMap((used) => used?.key ?? []), ...usedKeys],
    ...(liftedKey !== undefined && { liftedKey }),
  };
  const parts: EntryParts = {
    kind: 'message',
    message,
    ...(level !== undefined && { level: level.value }),
    ...(time !== undefined && { epochMs: time.value }),
    ...(written !== undefined && { timestamp: written }),
    ...(id !== undefined && { requestId: id.value }),
    fieldSource,
  };
  return inner === undefined ? parts : { ...parts, ...inner };
}
