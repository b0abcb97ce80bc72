import type { HistoryEntry, RecordedInvocation } from '../../src/core/history/historyEntry.ts';
import { toHistoryEntry } from '../../src/core/history/toHistoryEntry.ts';
import type { Outcome } from '../../src/core/outcome/outcome.ts';

/** An outcome with an empty response. */
export const succeeded: Outcome = {
  state: 'succeeded',
  StatusCode: 200,
  responseBytes: 0,
  connection: { kind: 'local' },
  clientMs: 1,
  notes: [],
};

/** The history entry of an invocation of `hello` on Local, which succeeded, with other values in `recorded`. */
export function historyEntry(recorded: Partial<RecordedInvocation> = {}): HistoryEntry {
  return toHistoryEntry({
    invocationId: 'x',
    at: 0,
    invocation: { FunctionName: 'hello', InvocationType: 'RequestResponse', payload: { kind: 'none' } },
    connection: { kind: 'local' },
    result: { outcome: succeeded },
    ...recorded,
  });
}
