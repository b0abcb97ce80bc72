import { afterEach, beforeEach, vi } from 'vitest';
import { readWholeLog } from '../../src/app/logs/readWholeLog.ts';
import type { LoggedRequest, WholeLog } from '../../src/app/logs/wholeLog.ts';
import type { Aws } from '../../src/core/connection/aws.ts';
import type { LogProgress } from '../../src/core/logs/logProgress.ts';
import { createAwsHome, type AwsHome } from './awsHome.ts';
import { BASE } from './invokeWith.ts';
import type { LogsServer, NewEvent } from './logsServer.ts';

export const GROUP = '/aws/lambda/orders';
/** The request whose log is read. */
export const OWN = '11111111-1111-4111-8111-111111111111';

const target = { kind: 'aws', profile: 'base', region: 'eu-west-1' } as const;
/** Short, so that no test waits. */
const timing = { minDelay: 5, maxDelay: 20, grace: 20, delivery: 60_000 };

interface ReadOptions {
  readonly onProgress?: (progress: LogProgress) => void;
  readonly maxLength?: number;
}

/** CloudWatch Logs on loopback, from which the tests of a file read the whole log of a request. */
export function useWholeLog() {
  let home: AwsHome;
  let logs: LogsServer;
  let aws: Aws;
  let abort: AbortController;

  beforeEach(async () => {
    home = await createAwsHome();
    await home.write({ credentials: BASE });
    ({ logs } = home.services);
    aws = home.createAws();
    abort = new AbortController();
  });

  afterEach(async () => {
    abort.abort();
    vi.restoreAllMocks();
    await home.remove();
  });

  return {
    get home() {
      return home;
    },
    get logs() {
      return logs;
    },
    get abort() {
      return abort;
    },
    /** Writes messages, a millisecond apart, that end `agoMs` ago. */
    write(messages: readonly string[], { agoMs = 1000, ...fields }: Partial<NewEvent> & { agoMs?: number } = {}) {
      const end = Date.now() - agoMs;
      const events = messages.map((message, at) => ({ ...fields, message, timestamp: end - messages.length + at }));
      logs.write(GROUP, ...events);
    },
    async read(request: Partial<LoggedRequest> = {}, options: ReadOptions = {}): Promise<WholeLog> {
      const now = Date.now();
      return readWholeLog(
        { requestId: OWN, logGroup: GROUP, startedAt: now - 5000, endedAt: now, ...request },
        {
          filterLogEvents: (...query) => aws.logs.filterLogEvents(target, ...query),
          signal: abort.signal,
          timing,
          ...options,
        },
      );
    },
  };
}
