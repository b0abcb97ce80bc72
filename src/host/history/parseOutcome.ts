import { isRecord } from '../../core/json/isRecord.ts';
import { SENTENCES } from '../../core/messages/messages.ts';
import type { Outcome } from '../../core/outcome/outcome.ts';

type Check = (value: unknown) => boolean;

export const isText = (value: unknown): value is string => typeof value === 'string';
export const isNumber = (value: unknown): value is number => typeof value === 'number';
const isFigure: Check = (value) => isText(value) || isNumber(value);

const listOf =
  (check: Check): Check =>
  (value) =>
    Array.isArray(value) && value.every(check);

const optional =
  (check: Check): Check =>
  (value) =>
    value === undefined || check(value);

/** An object with these fields. Others aren't checked. */
const fields = (checks: Readonly<Record<string, Check>>): Check => {
  const all = Object.entries(checks);
  return (value) => isRecord(value) && all.every(([name, check]) => check(value[name]));
};

/** An object whose values are all texts or numbers. */
const isFlat: Check = (value) => isRecord(value) && Object.values(value).every(isFigure);

const isMessage = fields({
  code: (code) => isText(code) && Object.hasOwn(SENTENCES, code),
  args: listOf(isFigure),
});

const isErrorDetails: Check = (value) => isDetails(value);
const isDetails = fields({
  type: optional(isText),
  message: optional(isText),
  stack: listOf(isText),
  causes: listOf(isErrorDetails),
});

const COMPLETION = {
  clientMs: isNumber,
  notes: listOf(isMessage),
  attempts: optional(isNumber),
  stream: optional(isFlat),
  requestId: optional(isText),
  traceId: optional(isText),
} as const;

const RESPONSE = {
  ...COMPLETION,
  StatusCode: isNumber,
  FunctionError: optional(isText),
  ExecutedVersion: optional(isText),
  DurableExecutionArn: optional(isText),
  responseBytes: isNumber,
  connection: fields({ kind: (kind) => kind === 'local' || kind === 'aws' }),
  logTail: optional(
    fields({ text: isText, isTruncated: (value) => typeof value === 'boolean', location: optional(isFlat) }),
  ),
  report: optional(isFlat),
} as const;

const FAILURE = {
  ...COMPLETION,
  reason: isMessage,
  problems: optional(listOf(fields({ field: isText, message: isMessage }))),
  exception: optional(fields({ name: isText, message: isText })),
  remedy: optional(isFlat),
} as const;

const isResponse = fields(RESPONSE);
const isFailure = fields(FAILURE);

const STATES: Readonly<Record<Outcome['state'], Check>> = {
  succeeded: isResponse,
  accepted: isResponse,
  dryRun: isResponse,
  functionError: fields({
    ...RESPONSE,
    functionError: isErrorDetails,
    diagnosis: fields({ kind: isText, advice: optional(isMessage) }),
  }),
  failed: isFailure,
  cancelled: isFailure,
};

/** Checks an outcome from a file. Undefined if it's damaged. */
export function parseOutcome(value: unknown): Outcome | undefined {
  const state = isRecord(value) ? value['state'] : undefined;
  if (!isText(state) || !Object.hasOwn(STATES, state)) return undefined;
  return STATES[state as Outcome['state']](value) ? (value as unknown as Outcome) : undefined;
}
