import { isInvokeError } from '../core/outcome/invokeError.ts';
import { presetTarget, valuesFor, type OrderContext } from './presetOrder.ts';
import type { SelectedTest } from './selectTests.ts';
import { sentenceOf } from './sentenceOf.ts';
import type { Session } from './session.ts';
import { UsageError } from './usageError.ts';

/** The maximum number of refused tests in a message. */
const MAX_REFUSALS = 20;

/** Throws UsageError if a test isn't allowed, before anything is invoked. */
export async function checkAllowed(
  tests: readonly SelectedTest[],
  { context, session, signal }: { context: OrderContext; session: Pick<Session, 'refusal'>; signal: AbortSignal },
): Promise<void> {
  const refusals = new Set<string>();
  for (const { test, problem } of tests) {
    if (signal.aborted) return; // no test runs
    if (problem !== undefined) continue;
    try {
      const { invocation, connection } = presetTarget(test.preset, context.options, valuesFor(context, test.testCase));
      const refusal = await session.refusal(invocation, connection, signal);
      if (refusal !== undefined && !signal.aborted) refusals.add(sentenceOf(refusal));
    } catch (error) {
      // Anything else is reported when the test runs, which sends nothing either.
      if (isInvokeError(error) && error.reason.code === 'cliEndpoint') refusals.add(sentenceOf(error.reason));
    }
  }
  if (refusals.size === 0) return;
  const shown = [...refusals].slice(0, MAX_REFUSALS);
  const others = refusals.size - shown.length;
  const more = others === 0 ? [] : [`${others} more.`];
  throw new UsageError([...shown, ...more, 'Nothing was invoked.'].join('\n'));
}
