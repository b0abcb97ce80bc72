import type { Message } from '../messages/messages.ts';
import { checkPayload, type PayloadProblem } from './payloadCheck.ts';

/** Larger payloads aren't checked, because that would slow down typing. In characters. */
const MAX_CHARACTERS = 262_144;

/** Errors, and the first warning of each kind. */
function firstOfEachKind(problems: readonly PayloadProblem[]): PayloadProblem[] {
  const first = new Map(problems.toReversed().map((problem) => [problem.message.code, problem]));
  return problems.filter((problem) => first.get(problem.message.code) === problem);
}

/**
 * Warnings for a valid JSON payload, which is sent unchanged: a duplicate key within an object, and a number that a
 * double can't represent. Reports the first of each. Payloads over 262,144 characters aren't checked.
 */
export function payloadWarnings(text: string): Message[] {
  if (text.length > MAX_CHARACTERS) return [];
  const check = checkPayload(text);
  let step = check.next();
  while (step.done !== true) step = check.next();
  return firstOfEachKind(step.value)
    .filter(({ isWarning }) => isWarning === true)
    .map(({ message }) => message);
}
