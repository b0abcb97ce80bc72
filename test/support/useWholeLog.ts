import { afterEach, vi } from 'vitest';
import { readWholeLog } from '../../src/app/logs/readWholeLog.ts';
import type { LoggedRequest, WholeLog } from '../../src/app/logs/wholeLog.ts';
import type { LogProgress } from '../../src/core/logs/logProgress.ts';
import type { NewEvent } from './logsServer.ts';
import { GROUP, target, useLogs } from './useLogs.ts';

/** The request whose log is read. */
export const OWN = '11111111-1111-4111-8111-111111111111';

/** Short, so that no test waits. */
const timing = { minDelay: 5, maxDelay: 20, grace: 20, delivery: 60_000 };

interface ReadOptions {
  readonly onProgress?: (progress: LogProgress) => void;
  readonly maxLength?: number;
}

/** CloudWatch Logs on loopback, from which the tests of a file read the whole log of a request. */
export function useWholeLog() {
  const setup = useLogs();

  afterEach(() => void vi.restoreAllMocks());

  return Object.assign(setup, {
    /** Writes messages, a millisecond apart, that end `agoMs` ago. */
    write(messages: readonly string[], { agoMs = 1000, ...fields }: Partial<NewEvent> & { agoMs?: number } = {}) {
      const end = Date.now() - agoMs;
      const events = messages.map((message, at) => ({ ...fields, message, timestamp: end - messages.length + at }));
      setup.logs.write(GROUP, ...events);
    },
    async read(request: Partial<LoggedRequest> = {}, options: ReadOptions = {}): Promise<WholeLog> {
      const now = Date.now();
      return readWholeLog(
        { requestId: OWN, logGroup: GROUP, startedAt: now - 5000, endedAt: now, ...request },
        {
          filterLogEvents: (...query) => setup.aws.logs.filterLogEvents(target, ...query),
          signal: setup.abort.signal,
          timing,
          ...options,
        },
      );
    },
  });
}
