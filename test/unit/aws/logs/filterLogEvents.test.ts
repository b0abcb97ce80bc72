import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { LogEvent, LogQuery } from '../../../../src/core/logs/logEvent.ts';
import { denies } from '../../../support/awsServices.ts';
import { catchInvokeError } from '../../../support/catchInvokeError.ts';
import { THROTTLED } from '../../../support/logsServer.ts';
import { GROUP, target, useLogs } from '../../../support/useLogs.ts';

const setup = useLogs();

const ARN = `arn:aws:logs:us-west-2:123456789012:log-group:${GROUP}`;
const OPERATION = 'Logs_20140328.FilterLogEvents';

async function read(query: Partial<LogQuery> = {}, signal = new AbortController().signal): Promise<LogEvent[][]> {
  const pages: LogEvent[][] = [];
  const onPage = (events: readonly LogEvent[]) => void pages.push([...events]);
  await setup.aws.logs.filterLogEvents(target, { logGroup: GROUP, startTime: 0, ...query }, onPage, signal);
  return pages;
}

const messagesOf = (pages: LogEvent[][]) => pages.flat().map(({ message }) => message);
const tokens = () => setup.logs.requests.map(({ input }) => input.nextToken);

function writeNumbered(count: number): string[] {
  const messages = Array.from({ length: count }, (_, at) => `event ${at}`);
  setup.logs.write(GROUP, ...messages.map((message, at) => ({ message, timestamp: 1000 + at })));
  return messages;
}

test('returns the fields of an event', async () => {
  setup.logs.write(GROUP, { message: 'hello', eventId: '7', timestamp: 5, ingestionTime: 6, logStreamName: 'stream' });
  const event = { id: '7', message: 'hello', timestamp: 5, ingestionTime: 6, logStream: 'stream', logGroup: GROUP };
  expect(await read()).toEqual([[event]]);
  expect(setup.logs.requests[0]?.accessKeyId).toBe('AKIABASE');
});

test('passes the query to CloudWatch Logs', async () => {
  setup.logs.write(
    GROUP,
    { message: 'early "4f0c"', timestamp: 1 },
    { message: 'id "4f0c" a', timestamp: 2, logStreamName: 'a' },
    { message: 'id "4f0c" b', timestamp: 3, logStreamName: 'b' },
    { message: 'other', timestamp: 3, logStreamName: 'a' },
    { message: 'late "4f0c"', timestamp: 5 },
  );
  const query = { startTime: 2, endTime: 4, filterPattern: '"4f0c"', logStreams: ['a'] };
  expect(messagesOf(await read(query))).toEqual(['id "4f0c" a']);
  const { startTime, endTime, filterPattern } = query;
  const input = { logGroupName: GROUP, startTime, endTime, filterPattern, logStreamNames: ['a'] };
  expect(setup.logs.requests.map((request) => request.input)).toEqual([input]);
});

test.each([ARN, `${ARN}:*`])('reads %s by its identifier, in its region', async (logGroup) => {
  setup.logs.write(GROUP, { message: 'hello' });
  const [[event] = []] = await read({ logGroup });
  expect(event).toMatchObject({ message: 'hello', logGroup: GROUP });
  expect(setup.logs.requests[0]?.input).toEqual({ logGroupIdentifier: ARN, startTime: 0 });
  expect(setup.home.services.requestsOf(OPERATION)[0]?.region).toBe('us-west-2');
});

describe('pages', () => {
  test('are read to the end, although some are empty', async () => {
    const written = writeNumbered(5);
    Object.assign(setup.logs.pages, { size: 2, empty: 2 });
    const pages = await read();
    expect(pages.map(({ length }) => length)).toEqual([0, 0, 2, 0, 0, 2, 0, 0, 1]);
    expect(messagesOf(pages)).toEqual(written);
    expect(new Set(tokens()).size).toBe(9);
  });

  test('end at a token that was returned before', async () => {
    writeNumbered(1);
    let count = 0;
    setup.home.services.answer(OPERATION, (response) => {
      count++;
      response.writeHead(200, { 'content-type': 'application/x-amz-json-1.1' });
      response.end(JSON.stringify({ events: [], nextToken: count % 2 === 0 ? 'even' : 'odd' }));
    });
    expect(await read()).toEqual([[], [], []]);
  });

  test('wait until the previous page is handled', async () => {
    writeNumbered(3);
    setup.logs.pages.size = 1;
    const counts: number[] = [];
    const onPage = async () => {
      await new Promise(setImmediate);
      counts.push(setup.logs.requests.length);
    };
    await setup.aws.logs.filterLogEvents(
      target,
      { logGroup: GROUP, startTime: 0 },
      onPage,
      new AbortController().signal,
    );
    expect(counts).toEqual([1, 2, 3]);
  });

  test('contain 100,000 events in order, each once, with one page in memory', async () => {
    const count = 100_000;
    writeNumbered(count);
    let next = 0;
    let largest = 0;
    const onPage = (events: readonly LogEvent[]) => {
      largest = Math.max(largest, events.length);
      expect(events.findIndex(({ message }, at) => message !== `event ${next + at}`)).toBe(-1);
      next += events.length;
    };
    await setup.aws.logs.filterLogEvents(
      target,
      { logGroup: GROUP, startTime: 0 },
      onPage,
      new AbortController().signal,
    );
    expect(next).toBe(count);
    expect(largest).toBe(10_000);
    expect(setup.logs.requests).toHaveLength(10);
  });
});

test('a throttled page is requested again, without losing or repeating events', async () => {
  const written = writeNumbered(6);
  setup.logs.pages.size = 2;
  setup.logs.refuseNext(undefined, THROTTLED, THROTTLED, undefined, THROTTLED);
  expect(messagesOf(await read())).toEqual(written);
  const [first, second, third] = [...new Set(tokens())];
  expect(tokens()).toEqual([first, second, second, second, third, third]);
});

describe('credentials that expire between two pages', () => {
  const TEMPORARY = '[base]\naws_access_key_id = ASIA1\naws_secret_access_key = s\naws_session_token = t\n';

  test('are read again, and so is the page', async () => {
    await setup.home.write({ credentials: TEMPORARY });
    const written = writeNumbered(4);
    setup.logs.pages.size = 2;
    setup.logs.beforePage = async (page) => {
      if (page !== 1) return;
      setup.logs.expireKey('ASIA1');
      await setup.home.write({ credentials: TEMPORARY.replace('ASIA1', 'ASIA2') });
    };
    expect(messagesOf(await read())).toEqual(written);
    expect(setup.logs.requests.map(({ accessKeyId }) => accessKeyId)).toEqual(['ASIA1', 'ASIA1', 'ASIA2']);
  });

  test('are read again from a process, although the files are unchanged', async () => {
    const file = join(setup.home.folder, 'keys.json');
    const writeKeys = (AccessKeyId: string) =>
      writeFile(file, JSON.stringify({ Version: 1, AccessKeyId, SecretAccessKey: 's', SessionToken: 't' }));
    await writeKeys('ASIA1');
    await setup.home.write({ config: `[profile base]\ncredential_process = cat ${file}\n`, credentials: '' });
    const written = writeNumbered(4);
    setup.logs.pages.size = 2;
    setup.logs.beforePage = async (page) => {
      if (page !== 1) return;
      setup.logs.expireKey('ASIA1');
      await writeKeys('ASIA2');
    };
    expect(messagesOf(await read())).toEqual(written);
  });

  test('end the read if there are no others', async () => {
    await setup.home.write({ credentials: TEMPORARY });
    writeNumbered(4);
    setup.logs.pages.size = 2;
    setup.logs.beforePage = () => setup.logs.expireKey('ASIA1');
    const { reason } = await catchInvokeError(read());
    expect(reason.code).toBe('credentialsRefused');
    expect(setup.logs.requests).toHaveLength(3);
  });
});

describe('errors', () => {
  test.each<[string, Partial<LogQuery>, string, readonly string[]]>([
    ['log group', {}, 'logGroupMissing', [GROUP, 'eu-west-1']],
    ['log stream', { logStreams: ['a', 'b'] }, 'logStreamMissing', ['a, b', GROUP]],
  ])('name a missing %s', async (_, query, code, args) => {
    expect((await catchInvokeError(read(query))).reason).toEqual({ code, args });
    expect(setup.logs.requests).toHaveLength(1);
  });

  test('name the missing permission, and the resource in the message', async () => {
    const message = `User: arn:aws:iam::1:user/ada is not authorized to perform: logs:FilterLogEvents on resource: ${ARN}:log-stream: because no policy allows it`;
    setup.logs.refuseNext({ name: 'AccessDeniedException', message });
    const args = [`the log group ${GROUP}`, 'logs:FilterLogEvents', `${ARN}:log-stream:`];
    expect((await catchInvokeError(read())).reason).toEqual({ code: 'readDenied', args });
  });

  test.each([
    [GROUP, `arn:aws:logs:eu-west-1:*:log-group:${GROUP}:*`],
    [ARN, `${ARN}:*`],
  ])('name the missing permission for %s without a message', async (logGroup, resource) => {
    setup.logs.refuseNext({ name: 'AccessDeniedException', message: '' });
    const args = [`the log group ${GROUP}`, 'logs:FilterLogEvents', resource];
    expect((await catchInvokeError(read({ logGroup }))).reason).toEqual({ code: 'readDenied', args });
  });

  test('name the endpoint that has no CloudWatch Logs', async () => {
    for (const [status, name] of [
      [400, 'UnknownOperationException'],
      [404, 'Not Found'],
      [501, 'InternalFailure'],
    ] as const) {
      setup.home.services.answer(OPERATION, denies(status, name, 'unknown'));
      const args = [setup.home.services.endpoint, 'FilterLogEvents'];
      expect((await catchInvokeError(read())).reason).toEqual({ code: 'logsUnsupported', args });
    }
  });

  test('quote what CloudWatch Logs writes about an invalid filter pattern', async () => {
    setup.logs.refuseNext({ name: 'InvalidParameterException', message: 'Invalid filter pattern' });
    const args = [`the log group ${GROUP}`, 'InvalidParameterException: Invalid filter pattern'];
    expect((await catchInvokeError(read())).reason).toEqual({ code: 'readRefused', args });
  });
});

test('an aborted read closes its connection', async () => {
  let isClosed = false;
  setup.home.services.answer(OPERATION, (response) => {
    response.on('close', () => (isClosed = true));
    setup.abort.abort();
  });
  expect((await catchInvokeError(read({}, setup.abort.signal))).reason.code).toBe('cancelledBeforeSending');
  await expect.poll(() => isClosed).toBe(true);
});

test('an aborted read sends no further request', async () => {
  writeNumbered(4);
  setup.logs.pages.size = 1;
  setup.logs.beforePage = (page) => {
    if (page === 2) setup.abort.abort();
  };
  expect((await catchInvokeError(read({}, setup.abort.signal))).reason.code).toBe('cancelledBeforeSending');
  expect(setup.logs.requests).toHaveLength(2);
});
