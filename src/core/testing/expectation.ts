import { compile } from '@jmespath-community/jmespath';
import { isRecord } from '../json/isRecord.ts';
import { parseIgnoredPath, type IgnoredPath } from '../json/ignoredPaths.ts';
import { readJsonTree, type JsonTree } from '../json/jsonTree.ts';
import { errorText } from '../messages/errorText.ts';
import { message, type Message } from '../messages/messages.ts';

/** What the result of a preset must be like. */
export interface Expectation {
  /** `none`, `any`, or the type of the function error. */
  readonly errorType: string;
  /** Lambda's status code. */
  readonly StatusCode?: number;
  /** The HTTP response that the function returns. Names of headers are in lower case. */
  readonly http?: { readonly statusCode?: number; readonly headers: ReadonlyMap<string, string> };
  /** The response, or the part of it that matters. */
  readonly Payload?: JsonTree;
  /** JMESPath expressions that must be true. */
  readonly conditions: readonly string[];
  /** The path of the snapshot. */
  readonly snapshot?: string;
  /** What isn't compared. */
  readonly ignore: readonly IgnoredPath[];
  /** The maximum of the REPORT line's Duration, in milliseconds. */
  readonly maxDurationMs?: number;
  /** The maximum of the REPORT line's Max Memory Used, in MB. */
  readonly maxMemoryMB?: number;
  readonly log: { readonly contains: readonly string[]; readonly excludes: readonly string[] };
}

/** The keys of `expect`. The schema and the README list the same ones. */
export const EXPECT_KEYS = [
  'errorType',
  'StatusCode',
  'http',
  'Payload',
  'conditions',
  'snapshot',
  'ignore',
  'maxDurationMs',
  'maxMemoryMB',
  'log',
] as const;

class InvalidExpectation extends Error {
  readonly reason: Message;

  constructor(reason: Message) {
    super(reason.code);
    this.reason = reason;
  }
}

function fail(...reason: Parameters<typeof message>): never {
  throw new InvalidExpectation(message(...reason));
}

type Fields = Readonly<Record<string, unknown>>;

function optional<Key extends string, T>(key: Key, value: T | undefined): { readonly [K in Key]?: T } {
  return (value === undefined ? {} : { [key]: value }) as { readonly [K in Key]?: T };
}

function textOf(fields: Fields, key: string): string | undefined {
  const value = fields[key];
  if (value !== undefined && typeof value !== 'string') return fail('presetNotText', key);
  return value;
}

function textsOf(fields: Fields, key: string): string[] {
  const value = fields[key] ?? [];
  const isTexts = Array.isArray(value) && value.every((each) => typeof each === 'string');
  return isTexts ? value : fail('expectNotTexts', key);
}

function numberOf(fields: Fields, key: string): number | undefined {
  const value = fields[key];
  if (value === undefined) return undefined;
  return typeof value === 'number' && value >= 0 ? value : fail('expectNotNumber', key);
}

function statusOf(fields: Fields, key: string): number | undefined {
  const value = fields[key];
  if (value === undefined) return undefined;
  const isStatus = typeof value === 'number' && Number.isInteger(value) && value >= 100 && value <= 599;
  return isStatus ? value : fail('expectNotStatus', key);
}

function hasOnly(value: unknown, keys: readonly string[]): value is Fields {
  return isRecord(value) && Object.keys(value).every((key) => keys.includes(key));
}

function httpOf(fields: Fields): Expectation['http'] {
  const { http } = fields;
  if (http === undefined) return undefined;
  if (!hasOnly(http, ['statusCode', 'headers'])) return fail('expectHttp');
  const { headers = {} } = http;
  const isTexts = isRecord(headers) && Object.values(headers).every((value) => typeof value === 'string');
  if (!isTexts) return fail('expectHttp');
  return {
    ...optional('statusCode', statusOf(http, 'statusCode')),
    headers: new Map(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value)])),
  };
}

function conditionsOf(fields: Fields): string[] {
  const conditions = textsOf(fields, 'conditions');
  for (const condition of conditions) {
    try {
      compile(condition);
    } catch (error) {
      fail('expectCondition', condition, errorText(error));
    }
  }
  return conditions;
}

function ignoreOf(fields: Fields): IgnoredPath[] {
  return textsOf(fields, 'ignore').map((text) => {
    const path = parseIgnoredPath(text);
    if ('problem' in path) throw new InvalidExpectation(path.problem);
    return path;
  });
}

function logOf(fields: Fields): Expectation['log'] {
  const { log = {} } = fields;
  if (!hasOnly(log, ['contains', 'excludes'])) return fail('expectLog');
  return { contains: textsOf(log, 'contains'), excludes: textsOf(log, 'excludes') };
}

/** The exact value of `Payload`. */
function payloadOf(json: string): JsonTree | undefined {
  const tree = readJsonTree(json);
  // Without this, nothing would be compared.
  if (tree === undefined) return fail('expectTooDeep');
  return tree.kind === 'object' ? tree.members.findLast(({ key }) => key === 'Payload')?.value : undefined;
}

/** Reads `expect` of a preset, in JSON without comments. Returns the first problem of an invalid one. */
export function parseExpectation(json: string): Expectation | { readonly problem: Message } {
  try {
    const fields: unknown = JSON.parse(json);
    if (!isRecord(fields)) return fail('expectNotObject');
    const unknown = Object.keys(fields).find((key) => !(EXPECT_KEYS as readonly string[]).includes(key));
    if (unknown !== undefined) fail('expectUnknownKey', unknown, EXPECT_KEYS.join(', '));
    return {
      errorType: textOf(fields, 'errorType') ?? 'none',
      ...optional('StatusCode', statusOf(fields, 'StatusCode')),
      ...optional('http', httpOf(fields)),
      ...optional('Payload', payloadOf(json)),
      conditions: conditionsOf(fields),
      ...optional('snapshot', textOf(fields, 'snapshot')),
      ignore: ignoreOf(fields),
      ...optional('maxDurationMs', numberOf(fields, 'maxDurationMs')),
      ...optional('maxMemoryMB', numberOf(fields, 'maxMemoryMB')),
      log: logOf(fields),
    };
  } catch (error) {
    if (error instanceof InvalidExpectation) return { problem: error.reason };
    if (error instanceof SyntaxError) return { problem: message('expectNotObject') };
    throw error;
  }
}
