import type { MessageCode } from '../messages/messages.ts';
import type { FunctionErrorKind } from './diagnosis.ts';
import { failureKind, type FailureKind } from './failureKind.ts';
import { missingSdkPackage } from './missingModule.ts';
import type { Outcome } from './outcome.ts';

/** The color of a verdict. */
export type VerdictLevel = 'success' | 'warning' | 'error' | 'neutral';

type VerdictLabel =
  | 'succeeded'
  | 'returnedHttp'
  | 'queued'
  | 'permissionGranted'
  | 'canceled'
  | 'stopped'
  | 'restricted'
  | FunctionErrorKind
  | FailureKind;

/** How an invocation ended: a label and a color. */
export interface Verdict {
  readonly level: VerdictLevel;
  readonly label: VerdictLabel;
  /** The status code that the function returned, for `returnedHttp`. */
  readonly statusCode?: number;
}

/** An action that a result offers. */
export type OfferedAction = 'tryAgain' | 'signIn' | 'manageTrust' | 'installSdk';

/** A declined prompt has a reason of the credentials, but is a choice of the user, not an error. */
const DECLINED: ReadonlySet<MessageCode> = new Set(['mfaCancelled', 'ssoCancelled']);

/** The level of an HTTP status code: 4xx is a warning, 5xx an error. */
export function httpLevel(statusCode: number): VerdictLevel {
  if (statusCode >= 500) return 'error';
  return statusCode >= 400 ? 'warning' : 'success';
}

/** Judges an outcome. `statusCode` is the status code in its response, if that is an HTTP response. */
export function verdictOf(outcome: Outcome, statusCode?: number): Verdict {
  switch (outcome.state) {
    case 'succeeded':
      return statusCode === undefined
        ? { level: 'success', label: 'succeeded' }
        : { level: httpLevel(statusCode), label: 'returnedHttp', statusCode };
    case 'accepted':
      return { level: 'success', label: 'queued' };
    case 'dryRun':
      return { level: 'success', label: 'permissionGranted' };
    case 'functionError':
      return { level: 'error', label: outcome.diagnosis.kind };
    // Not to trust a workspace is a choice, not an error.
    case 'failed':
      if (outcome.remedy?.kind === 'manageTrust') return { level: 'neutral', label: 'restricted' };
      if (DECLINED.has(outcome.reason.code)) return { level: 'neutral', label: 'canceled' };
      return { level: 'error', label: failureKind(outcome.reason.code) };
    case 'cancelled':
      if (outcome.remedy?.kind === 'manageTrust') return { level: 'neutral', label: 'restricted' };
      return { level: 'neutral', label: outcome.nothingSent === true ? 'canceled' : 'stopped' };
  }
}

/** The actions that fit a failed outcome, the most useful first. */
export function offeredActions(outcome: Outcome): OfferedAction[] {
  if (outcome.state === 'functionError')
    return missingSdkPackage(outcome.diagnosis.advice) === undefined ? [] : ['installSdk'];
  if (outcome.state !== 'failed' && outcome.state !== 'cancelled') return [];
  if (outcome.remedy !== undefined) return [outcome.remedy.kind];
  // With problems in its fields, the same request would fail again.
  const isInvalid = outcome.state === 'failed' && (outcome.problems ?? []).length > 0;
  return isInvalid || outcome.reason.code === 'alreadyRunning' ? [] : ['tryAgain'];
}
