import { fields, isFigure, isFlat, isNumber, isText, listOf, oneOf, optional, type Check } from '../json/checks.ts';
import { isRecord } from '../json/isRecord.ts';
import { SENTENCES } from '../messages/messages.ts';
import type { Outcome } from '../outcome/outcome.ts';

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
  connection: fields({ kind: oneOf(['local', 'aws']) }),
  logTail: optional(
    fields({ text: isText, isTruncated: (value) => typeof value === 'boolean', location: optional(isFlat) }),
  ),
  report: optional(isFlat),
} as const;

const isResponse = fields(RESPONSE);
const isFailure = fields({
  ...COMPLETION,
  reason: isMessage,
  problems: optional(listOf(fields({ field: isText, message: isMessage }))),
  exception: optional(fields({ name: isText, message: isText })),
  remedy: optional(isFlat),
});

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

/** Whether a value from a file is an outcome. */
export function isOutcome(value: unknown): value is Outcome {
  const state = isRecord(value) ? value['state'] : undefined;
  return isText(state) && Object.hasOwn(STATES, state) && STATES[state as Outcome['state']](value);
}
