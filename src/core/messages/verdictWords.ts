import type { Verdict } from '../outcome/verdict.ts';

/** The text of each verdict. {0} is the status code that the function returned. */
export const VERDICT_WORDS: Readonly<Record<Verdict['label'], string>> = {
  succeeded: 'Succeeded',
  returnedHttp: 'Returned HTTP {0}',
  queued: 'Queued',
  permissionGranted: 'Permission granted',
  canceled: 'Canceled',
  stopped: 'Stopped',
  restricted: 'Restricted Mode',
  thrown: 'Function error',
  timeout: 'Timed out',
  outOfMemory: 'Out of memory',
  init: 'Initialization failed',
  exit: 'Process exited before responding',
  responseTooLarge: 'Response too large',
  notSent: 'Not invoked',
  credentials: 'Authentication failed',
  refused: 'Rejected by Lambda',
  noConnection: 'Connection failed',
  lost: 'Connection lost',
  unclear: 'No response',
};

/** The text of a verdict, translated by `localize`. */
export function verdictWords(
  { label, statusCode }: Verdict,
  localize: (template: string, ...args: string[]) => string,
): string {
  return localize(VERDICT_WORDS[label], String(statusCode ?? ''));
}
