import { search, type JSONValue } from '@jmespath-community/jmespath';
import { withoutPaths } from '../json/ignoredPaths.ts';
import {
  matchJson,
  onlyExpected,
  stepsText,
  subtree,
  type JsonMismatch,
  type JsonStep,
  type MatchMode,
} from '../json/jsonMatch.ts';
import { printJsonTree, readJsonTree, withSortedKeys, type JsonTree } from '../json/jsonTree.ts';
import { errorText } from '../messages/errorText.ts';
import { message, toSentence, type Message } from '../messages/messages.ts';
import { parseHttpResponse } from '../outcome/httpResponse.ts';
import { findReport } from '../outcome/logTail.ts';
import { hasResponse, type InvocationResult, type Outcome } from '../outcome/outcome.ts';
import { toResponseText } from '../outcome/response.ts';
import type { Expectation } from './expectation.ts';

/** What isn't as expected. */
export interface TestFailure {
  /** The key of `expect`. Missing if there is no response. */
  readonly key?: keyof Expectation;
  /** The steps from `expect` to what failed, for its position in the presets file. It may not be there exactly. */
  readonly steps: readonly JsonStep[];
  readonly message: Message;
  /** The parts that differ, for a diff, and their JSON path in the response, such as `$.items[0]`. */
  readonly diff?: { readonly path: string; readonly expected: string; readonly actual: string };
}

/** What a result is checked with. */
export interface CheckedResult extends InvocationResult {
  /** The whole log, if more is available than the log tail. */
  readonly log?: string;
}

type Responded = Extract<Outcome, { StatusCode: number }>;

interface Checked {
  readonly expectation: Expectation;
  readonly outcome: Responded;
  readonly bytes: Uint8Array;
  /** The response as text and as JSON, if it is. */
  readonly text: string | undefined;
  readonly json: JsonTree | undefined;
  readonly log: string | undefined;
  readonly isLogTruncated: boolean;
}

/** Why a response can't be compared as JSON. */
function notComparable(text: string): Message {
  try {
    JSON.parse(text);
    return message('testPayloadTooDeep');
  } catch {
    return message('testPayloadNotJson');
  }
}

function failure(steps: readonly [keyof Expectation, ...JsonStep[]], reason: Message): TestFailure {
  return { key: steps[0], steps, message: reason };
}

function checkErrorType({ expectation, outcome }: Checked): TestFailure[] {
  const { errorType } = expectation;
  const key = 'errorType';
  if (outcome.state !== 'functionError') {
    if (errorType === 'none') return [];
    return [failure([key], errorType === 'any' ? message('testAnyError') : message('testNoError', errorType))];
  }
  const { type = outcome.FunctionError ?? '', message: text } = outcome.functionError;
  if (errorType === 'any' || errorType === type) return [];
  if (errorType !== 'none') return [failure([key], message('testErrorType', errorType, type))];
  const details = [type, text].filter((part) => part !== undefined).join(': ');
  return [failure([key], message('testUnexpectedError', details))];
}

function checkStatusCode({ expectation: { StatusCode }, outcome }: Checked): TestFailure[] {
  if (StatusCode === undefined || StatusCode === outcome.StatusCode) return [];
  return [failure(['StatusCode'], message('testStatusCode', StatusCode, outcome.StatusCode))];
}

function checkHttp({ expectation: { http }, bytes }: Checked): TestFailure[] {
  if (http === undefined) return [];
  const key = 'http';
  const response = parseHttpResponse(bytes);
  if (response === undefined) return [failure([key], message('testNotHttp'))];
  const { statusCode, headers, multiValueHeaders } = response;
  const isStatus = http.statusCode === undefined || http.statusCode === statusCode;
  const status = isStatus ? [] : [failure([key, 'statusCode'], message('testHttpStatus', http.statusCode, statusCode))];
  const wrong = [...http.headers].flatMap(([name, wanted]): TestFailure[] => {
    const values = [...headers, ...multiValueHeaders].filter((header) => header.name.toLowerCase() === name);
    if (values.some(({ value }) => value === wanted)) return [];
    const [found] = values;
    const steps = [key, 'headers', name] as const;
    if (found === undefined) return [failure(steps, message('testHttpHeaderMissing', name, wanted))];
    return [failure(steps, message('testHttpHeader', name, wanted, found.value))];
  });
  return [...status, ...wrong];
}

/** The steps that all mismatches have in common: to their value if there is one, or else to what contains them all. */
function commonSteps(mismatches: readonly JsonMismatch[]): JsonMismatch['steps'] {
  const [first, ...others] = mismatches.map(({ steps }) => steps);
  const end = (first ?? []).findIndex((step, at) => others.some((steps) => steps[at] !== step));
  const common = end === -1 ? (first ?? []) : (first ?? []).slice(0, end);
  // A diff with a value that is missing on one side shows what should contain it.
  const isWhole = mismatches.every(({ expected, actual }) => expected !== undefined && actual !== undefined);
  return isWhole || common.length === 0 ? common : common.slice(0, -1);
}

/** Compares JSON. The diff has the smallest value that contains all mismatches. */
function compareJson(
  expected: JsonTree,
  actual: JsonTree,
  { mode, describe, key }: { mode: MatchMode; describe: (path: string) => Message; key: keyof Expectation },
): TestFailure[] {
  const mismatches = matchJson(expected, actual, mode);
  const [first] = mismatches;
  if (first === undefined) return [];
  const steps = commonSteps(mismatches);
  const [wanted, found] = [subtree(expected, steps) ?? expected, subtree(actual, steps) ?? actual];
  const shown = mode === 'subset' ? onlyExpected(wanted, found) : found;
  const diff = { path: stepsText(steps), expected: printJsonTree(wanted), actual: printJsonTree(shown) };
  return [{ key, steps: [key, ...first.steps], message: describe(stepsText(first.steps)), diff }];
}

function checkPayload({ expectation: { Payload, ignore }, json, text }: Checked): TestFailure[] {
  if (Payload === undefined) return [];
  const key = 'Payload';
  if (json === undefined) {
    const diff = { path: '$', expected: printJsonTree(Payload), actual: text ?? '' };
    return [{ key, steps: [key], message: notComparable(text ?? ''), diff }];
  }
  const describe = (path: string) => message('testPayload', path);
  return compareJson(withoutPaths(Payload, ignore), withoutPaths(json, ignore), { mode: 'subset', describe, key });
}

/** JMESPath's false values: false, null, and empty strings, arrays, and objects. */
function isTrue(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return value !== false && value !== '' && value !== null;
  return Object.keys(value).length > 0;
}

function checkConditions({ expectation: { conditions }, text = '' }: Checked): TestFailure[] {
  const key = 'conditions';
  if (conditions.length === 0) return [];
  let value: JSONValue;
  try {
    value = JSON.parse(text) as JSONValue;
  } catch {
    return [failure([key], message('testPayloadNotJson'))];
  }
  return conditions.flatMap((condition, at): TestFailure[] => {
    try {
      const result: unknown = search(value, condition);
      if (isTrue(result)) return [];
      return [failure([key, at], message('testCondition', condition, JSON.stringify(result)))];
    } catch (error) {
      return [failure([key, at], message('testConditionFailed', condition, errorText(error)))];
    }
  });
}

/**
 * The text of a snapshot: the response without what is ignored, formatted, with sorted keys. Other text as it is. Returns
 * why a response can't be a snapshot.
 */
export function snapshotText(
  Payload: Uint8Array,
  ignore: Expectation['ignore'],
): string | { readonly problem: Message } {
  const response = toResponseText(Payload);
  if (response.kind === 'binary') return { problem: message('snapshotBinary') };
  const text = 'text' in response ? response.text : '';
  const json = readJsonTree(text);
  if (json !== undefined) return `${printJsonTree(withSortedKeys(withoutPaths(json, ignore)))}\n`;
  // Ignored paths can't be left out.
  const problem = notComparable(text);
  return problem.code === 'testPayloadTooDeep' ? { problem } : text;
}

function checkSnapshot(
  { expectation: { snapshot, ignore }, bytes, json }: Checked,
  stored: string | undefined,
): TestFailure[] {
  if (snapshot === undefined) return [];
  const key = 'snapshot';
  if (stored === undefined) return [failure([key], message('testSnapshotMissing', snapshot))];
  const expected = readJsonTree(stored);
  if (expected !== undefined && json !== undefined) {
    const describe = (path: string) => message('testSnapshot', path, snapshot);
    return compareJson(withoutPaths(expected, ignore), withoutPaths(json, ignore), { mode: 'exact', describe, key });
  }
  const actual = snapshotText(bytes, ignore);
  if (typeof actual !== 'string') return [failure([key], actual.problem)];
  if (stored === actual) return [];
  const diff = { path: '$', expected: stored, actual };
  return [{ ...failure([key], message('testSnapshotText', snapshot)), diff }];
}

function checkFigures({ expectation: { maxDurationMs, maxMemoryMB }, outcome, log = '' }: Checked): TestFailure[] {
  const { durationMs, maxMemoryUsedMB } = outcome.report ?? findReport(log, outcome.requestId) ?? {};
  const check = (
    key: 'maxDurationMs' | 'maxMemoryMB',
    max: number | undefined,
    { value, code }: { value: number | undefined; code: 'testDuration' | 'testMemory' },
  ): TestFailure[] => {
    if (max === undefined || (value !== undefined && value <= max)) return [];
    const missing = outcome.isTailOmitted === true ? 'testTailOmitted' : 'testNoReport';
    return [failure([key], value === undefined ? message(missing, key) : message(code, value, max))];
  };
  return [
    ...check('maxDurationMs', maxDurationMs, { value: durationMs, code: 'testDuration' }),
    ...check('maxMemoryMB', maxMemoryMB, { value: maxMemoryUsedMB, code: 'testMemory' }),
  ];
}

function checkLog({ expectation: { log: expected }, outcome, log, isLogTruncated }: Checked): TestFailure[] {
  const key = 'log';
  const { contains, excludes } = expected;
  if (contains.length + excludes.length === 0) return [];
  if (log === undefined) {
    return [failure([key], outcome.isTailOmitted === true ? message('testTailOmitted', key) : message('testNoLog'))];
  }
  const missing = isLogTruncated ? 'testLogTailMissing' : 'testLogMissing';
  return [
    ...contains.flatMap((text, at) =>
      log.includes(text) ? [] : [failure([key, 'contains', at], message(missing, text))],
    ),
    ...excludes.flatMap((text, at) =>
      log.includes(text) ? [failure([key, 'excludes', at], message('testLogContains', text))] : [],
    ),
  ];
}

/**
 * Checks a result. Returns everything that isn't as expected, in the order of the keys of `expect`. `snapshot` is the text
 * of the snapshot, if it exists.
 */
export function checkResult(result: CheckedResult, expectation: Expectation, snapshot?: string): TestFailure[] {
  const { outcome, Payload: bytes = new Uint8Array() } = result;
  if (!hasResponse(outcome)) return [{ steps: [], message: message('testNoResponse', toSentence(outcome.reason)) }];
  const response = toResponseText(bytes);
  const text = 'text' in response ? response.text : undefined;
  const json = text === undefined ? undefined : readJsonTree(text);
  const { logTail } = outcome;
  // A log that is elsewhere isn't in the log tail.
  const log = result.log ?? (logTail?.location === undefined ? logTail?.text : undefined);
  const isLogTruncated = result.log === undefined && logTail?.isTruncated === true;
  const checked = { expectation, outcome, bytes, text, json, log, isLogTruncated };
  return [
    ...checkErrorType(checked),
    ...checkStatusCode(checked),
    ...checkHttp(checked),
    ...checkPayload(checked),
    ...checkConditions(checked),
    ...checkSnapshot(checked, snapshot),
    ...checkFigures(checked),
    ...checkLog(checked),
  ];
}
