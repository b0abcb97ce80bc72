import { describe, expect, test } from 'vitest';
import { denies } from '../../../support/awsServices.ts';
import { catchInvokeError } from '../../../support/catchInvokeError.ts';
import { GROUP } from '../../../support/useLogs.ts';
import { OWN, useWholeLog } from '../../../support/useWholeLog.ts';

const OPERATION = 'Logs_20140328.FilterLogEvents';

const START = `START RequestId: ${OWN} Version: $LATEST\n`;
const END = `END RequestId: ${OWN}\n`;
const REPORT = `REPORT RequestId: ${OWN}\tDuration: 3.00 ms\tBilled Duration: 4 ms\tMemory Size: 128 MB\tMax Memory Used: 30 MB\t\n`;

const setup = useWholeLog();

/** An invocation whose events CloudWatch Logs no longer receives. */
const LONG_AGO = { startedAt: Date.now() - 3_600_000, endedAt: Date.now() - 3_590_000 };

describe('what is missing from the whole log', () => {
  test('is the log group, or the permission for it', async () => {
    expect(await setup.read(LONG_AGO)).toMatchObject({
      text: '',
      events: 0,
      isComplete: false,
      missing: { code: 'logGroupMissing' },
    });
    setup.home.services.answer(OPERATION, denies(400, 'AccessDeniedException', 'no'));
    const { reason } = await catchInvokeError(setup.read());
    expect(reason).toEqual({
      code: 'readDenied',
      args: [expect.stringContaining(GROUP), 'logs:FilterLogEvents', `arn:aws:logs:eu-west-1:*:log-group:${GROUP}:*`],
    });
  });

  test('are all events after the retention period', async () => {
    setup.write(['other']);
    expect(await setup.read(LONG_AGO)).toMatchObject({
      events: 0,
      missing: { code: 'wholeLogNothing', args: [GROUP] },
    });
    expect(setup.logs.requests).toHaveLength(1);
  });

  test('is the report of an old invocation', async () => {
    setup.write([START, 'plain'], { agoMs: 3_595_000 });
    expect(await setup.read(LONG_AGO)).toMatchObject({
      events: 2,
      isComplete: false,
      missing: { code: 'wholeLogReportMissing' },
    });
  });
});

describe('canceling', () => {
  test('sends no further request while it waits for the report', async () => {
    setup.write([START]);
    const reading = setup.read({}, { onProgress: ({ phase }) => phase === 'waiting' && setup.abort.abort() });
    expect((await catchInvokeError(reading)).reason.code).toBe('cancelledBeforeSending');
    expect(setup.logs.requests).toHaveLength(1);
  });

  test('sends no further request between two pages', async () => {
    setup.write([START, END, REPORT]);
    setup.logs.pages.size = 1;
    setup.logs.beforePage = (page) => {
      if (page === 2) setup.abort.abort();
    };
    await catchInvokeError(setup.read());
    expect(setup.logs.requests).toHaveLength(2);
  });
});
