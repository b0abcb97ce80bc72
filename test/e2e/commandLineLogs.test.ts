import { execFile } from 'node:child_process';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { denies, startAwsServices, type AwsServices } from '../support/awsServices.ts';
import { CLI_KEYS, resultOf, unpackCommandLine, type CommandLine } from '../support/commandLine.ts';
import { THROTTLED, type LogsServer } from '../support/logsServer.ts';

const GROUP = '/aws/lambda/orders';
const ARN = 'arn:aws:lambda:eu-central-1:123456789012:function:orders';
const ID = '8f6d0c5a-0000-4000-8000-000000000001';
const OTHER_ID = '8f6d0c5a-0000-4000-8000-000000000002';
const LOGS = ['logs', '--function', 'orders'];

let services: AwsServices;
let logs: LogsServer;
let cli: CommandLine;

beforeAll(async () => {
  services = await startAwsServices();
  cli = await unpackCommandLine(services.endpoint);
});

beforeEach(async () => {
  await services.close();
  services = await startAwsServices();
  Object.assign(cli.environment, { AWS_ENDPOINT_URL: services.endpoint });
  ({ logs } = services);
  services.functions.push({ FunctionName: 'orders', FunctionArn: ARN, LoggingConfig: { LogGroup: GROUP }, Timeout: 3 });
});

afterAll(async () => {
  await cli.close();
  await services.close();
});

/** The time of an event that is a number of seconds old. */
const ago = (seconds: number) => Date.now() - seconds * 1000;
const line = (timestamp: number, text: string) => `${new Date(timestamp).toISOString()} ${text}\n`;
const operations = () => services.requests.map(({ operation }) => operation);

describe('logs', () => {
  test('writes the last ten minutes to stdout, oldest first, and nothing to stderr', async () => {
    const [old, first, second] = [ago(660), ago(540), ago(5)];
    logs.write(GROUP, { message: 'second\n', timestamp: second }, { message: 'first\n', timestamp: first });
    logs.write(GROUP, { message: 'old\n', timestamp: old });
    const { code, stdout, stderr } = await cli.run(LOGS);
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout.toString()).toBe(line(first, 'first') + line(second, 'second'));
    expect(logs.requests.map(({ accessKeyId }) => accessKeyId)).toEqual([CLI_KEYS.accessKeyId]);
  });

  test('reads the log group in the configuration of the function', async () => {
    Object.assign(services.functions[0] ?? {}, { LoggingConfig: { LogGroup: 'shared' } });
    logs.write('shared', { message: 'hello' });
    const { code, stdout } = await cli.run(LOGS);
    expect([code, stdout.toString()]).toEqual([0, expect.stringContaining('hello')]);
  });

  test('reads the default log group if the configuration is not allowed, with a note', async () => {
    services.answer('GetFunctionConfiguration', denies(403, 'AccessDeniedException', 'no'));
    logs.write(GROUP, { message: 'hello' });
    const { code, stdout, stderr } = await cli.run(LOGS);
    expect([code, stdout.toString()]).toEqual([0, expect.stringContaining('hello')]);
    expect(stderr).toBe(`The function's configuration can't be read. The default log group ${GROUP} was used.\n`);
  });

  test.each([ARN, `${ARN}:live`, '123456789012:function:orders'])(
    'finds the log group of %s by its ARN',
    async (name) => {
      logs.write(GROUP, { message: 'hello' });
      expect(await cli.run(['logs', '--function', name])).toMatchObject({ code: 0, stderr: '' });
      const logGroupIdentifier = `arn:aws:logs:eu-central-1:123456789012:log-group:${GROUP}`;
      expect(logs.requests[0]?.input).toMatchObject({ logGroupIdentifier });
      expect(services.requestsOf('Logs_20140328.FilterLogEvents')[0]?.region).toBe('eu-central-1');
    },
  );

  test('--log-group needs no function', async () => {
    logs.write('shared', { message: 'hello' });
    const { code, stdout } = await cli.run(['logs', '--log-group', 'shared', '--region', 'us-east-2']);
    expect([code, stdout.toString()]).toEqual([0, expect.stringContaining('hello')]);
    expect(operations()).toEqual(['Logs_20140328.FilterLogEvents']);
    expect(services.requests[0]?.region).toBe('us-east-2');
  });

  test('--json writes an object for each event', async () => {
    const timestamp = ago(5);
    const message = `${new Date(timestamp).toISOString()}\t${ID}\tWARN\ttwo\nlines\n`;
    logs.write(
      GROUP,
      { message, timestamp, eventId: '7', logStreamName: 's' },
      { message: '{"a":"\u001b"}', eventId: '8' },
    );
    const { code, stdout } = await cli.run([...LOGS, '--json']);
    const [first, second, ...rest] = stdout.toString().split('\n');
    expect([code, rest]).toEqual([0, ['']]);
    const time = new Date(timestamp).toISOString();
    const expected = { timestamp: time, logGroup: GROUP, logStream: 's', requestId: ID, level: 'WARN', id: '7' };
    expect(JSON.parse(first ?? '')).toEqual({ ...expected, message: message.trimEnd() });
    expect(JSON.parse(second ?? '')).toMatchObject({ id: '8', message: '{"a":"\u001b"}' });
  });

  test('escapes control characters of terminals', async () => {
    logs.write(GROUP, { message: '\u001b]8;;https://evil.example\u0007' });
    expect((await cli.run(LOGS)).stdout.toString()).toContain('␛]8;;https://evil.example␇');
  });

  test('writes an event once that CloudWatch Logs returns on two pages', async () => {
    logs.pages.size = 2;
    logs.repeatsEvents = true;
    logs.write(GROUP, ...['a', 'b', 'c', 'd', 'e'].map((message) => ({ message })));
    const { stdout } = await cli.run(LOGS);
    expect(stdout.toString().match(/[a-e]$/gm)).toEqual(['a', 'b', 'c', 'd', 'e']);
    expect(logs.requests).toHaveLength(3);
  });

  test('reports that there are no events', async () => {
    logs.write(GROUP);
    const { code, stdout, stderr } = await cli.run([...LOGS, '--since', '2026-01-01T00:00:00Z']);
    expect([code, stdout.toString()]).toEqual([0, '']);
    expect(stderr).toBe(`${GROUP} has no events since 2026-01-01T00:00:00.000Z.\n`);
  });

  test.each<[string, () => void, RegExp]>([
    ['a missing log group', () => undefined, /^The log group \/aws\/lambda\/orders doesn't exist in eu-west-1\. /],
    [
      'a missing permission',
      () => logs.refuseNext({ name: 'AccessDeniedException', message: '' }),
      /^Can't read the log group .* need logs:FilterLogEvents on arn:aws:logs:eu-west-1:\*:log-group:\/aws\/lambda\/orders:\*\.$/m,
    ],
    [
      'an unknown function',
      () => void (services.functions.length = 0),
      /^The function "orders" doesn't exist in .*eu-west-1.* use --log-group for the log of a deleted function\.$/m,
    ],
  ])('exits with 2 for %s', async (_, prepare, problem) => {
    prepare();
    const { code, stdout, stderr } = await cli.run(LOGS);
    expect([code, stdout.toString()]).toEqual([2, '']);
    expect(stderr).toMatch(problem);
  });

  test('sends nothing for a local function, and suggests another command', async () => {
    const { code, stderr } = await cli.run([...LOGS, '--local']);
    expect([code, services.requests]).toEqual([2, []]);
    expect(stderr).toContain('run lambda-invoke invoke --local.');
  });

  test.each(['logs', 'logs --follow'])('%s ends quietly with 0 when the reader of stdout is gone', async (command) => {
    logs.write(GROUP, ...Array.from({ length: 50_000 }, (_, at) => ({ message: `event ${at}` })));
    const script = '"$0" "$@" | head -n 1; echo "${PIPESTATUS[0]}"';
    const args = ['-c', script, process.execPath, cli.path, ...command.split(' '), '--function', 'orders'];
    const [stdout, stderr] = await new Promise<[string, string]>((done, fail) => {
      execFile('bash', args, { cwd: cli.folder, env: cli.environment }, (error, out, problems) =>
        error === null ? done([out, problems]) : fail(error),
      );
    });
    expect(stdout).toMatch(/^\S+Z event 0\n0\n$/);
    expect(stderr.replace(`Following ${GROUP}. Press Ctrl+C to stop.\n`, '')).toBe('');
    expect(logs.requests.length).toBeLessThan(5);
  });
});

describe('logs --request', () => {
  const requestLines = (id: string, at: number) => [
    { message: `START RequestId: ${id} Version: $LATEST\n`, timestamp: at },
    { message: 'printed\n', timestamp: at + 1 },
    { message: `END RequestId: ${id}\n`, timestamp: at + 2 },
    {
      message: `REPORT RequestId: ${id}\tDuration: 2.00 ms\tBilled Duration: 2 ms\tMemory Size: 128 MB\tMax Memory Used: 40 MB\n`,
      timestamp: at + 2,
    },
  ];

  test('writes the whole log of the request, with lines without its ID', async () => {
    const at = ago(60);
    logs.write(GROUP, ...requestLines(OTHER_ID, at - 10), ...requestLines(ID, at), ...requestLines(OTHER_ID, at + 10));
    const { code, stdout } = await cli.run([...LOGS, '--request', ID]);
    const expected = requestLines(ID, at).map(({ timestamp, message }) => line(timestamp, message.trimEnd()));
    expect([code, stdout.toString()]).toEqual([0, expected.join('')]);
  });

  test('waits for the report, and includes late events', async () => {
    const at = ago(1);
    const [start, printed, ...end] = requestLines(ID, at);
    if (start === undefined || printed === undefined) throw new Error('no lines');
    logs.write(GROUP, start);
    const child = cli.start([...LOGS, '--request', ID, '--json']);
    const ended = resultOf(child);
    await expect.poll(() => logs.requests.length).toBe(1);
    logs.write(GROUP, ...end);
    logs.write(GROUP, printed);
    const { code, stdout, stderr } = await ended;
    const messages = stdout
      .toString()
      .trimEnd()
      .split('\n')
      .map((one) => (JSON.parse(one) as { message: string }).message);
    expect(code).toBe(0);
    expect(messages).toEqual(requestLines(ID, at).map(({ message }) => message.trimEnd()));
    expect(stderr).toContain('Waiting for the report of the request.\n');
  });

  test('exits with 1 if a part could not be read, after writing the rest', async () => {
    const at = ago(60);
    logs.write(GROUP, ...requestLines(ID, at));
    logs.refuseNext(undefined, undefined, { name: 'AccessDeniedException', message: '' });
    const { code, stdout, stderr } = await cli.run([...LOGS, '--request', ID]);
    expect([code, stdout.toString()]).toEqual([1, expect.stringContaining('REPORT')]);
    expect(stderr).toContain('logs:FilterLogEvents');
  });

  test('Ctrl+C ends the wait with 130', async () => {
    logs.write(GROUP);
    const child = cli.start([...LOGS, '--request', ID]);
    const ended = resultOf(child);
    let shown = '';
    child.stderr?.on('data', (chunk: Buffer) => (shown += chunk.toString()));
    await expect.poll(() => shown).toContain('Waiting for events of the request.');
    child.kill('SIGINT');
    expect(await ended).toMatchObject({ code: 130, stderr: expect.stringMatching(/\nInterrupted\.\n$/) as string });
  });
});

describe('logs --follow', () => {
  test('writes new and late events once, also while AWS throttles, until Ctrl+C', async () => {
    const [first, late, second] = [ago(20), ago(15), ago(10)];
    logs.write(GROUP, { message: 'first', timestamp: first });
    const child = cli.start([...LOGS, '--follow']);
    const ended = resultOf(child);
    let shown = '';
    child.stdout?.on('data', (chunk: Buffer) => (shown += chunk.toString()));
    await expect.poll(() => shown).toBe(line(first, 'first'));
    logs.refuseNext(THROTTLED);
    logs.write(GROUP, { message: 'second', timestamp: second });
    await expect.poll(() => shown).toBe(line(first, 'first') + line(second, 'second'));
    logs.write(GROUP, { message: 'late', timestamp: late });
    await expect.poll(() => shown).toContain(line(late, 'late'));
    child.kill('SIGINT');
    const { code, stdout, stderr } = await ended;
    expect(code).toBe(130);
    expect(stdout.toString()).toBe(line(first, 'first') + line(second, 'second') + line(late, 'late'));
    expect(stderr).toBe(`Following ${GROUP}. Press Ctrl+C to stop.\n\nInterrupted.\n`);
    expect(services.requestsOf('Logs_20140328.StartLiveTail')).toEqual([]);
  });

  test('waits for a log group that does not exist yet', async () => {
    const child = cli.start([...LOGS, '--follow']);
    let [shown, problems] = ['', ''];
    child.stdout?.on('data', (chunk: Buffer) => (shown += chunk.toString()));
    child.stderr?.on('data', (chunk: Buffer) => (problems += chunk.toString()));
    await expect.poll(() => problems).toContain(`The log group ${GROUP} doesn't exist`);
    logs.write(GROUP, { message: 'hello' });
    await expect.poll(() => shown).toContain('hello');
    child.kill('SIGINT');
    expect((await resultOf(child)).code).toBe(130);
  });

  test('exits with 2 if reading the log is not allowed', async () => {
    logs.refuseNext({ name: 'AccessDeniedException', message: '' });
    const { code, stderr } = await cli.run([...LOGS, '--follow']);
    expect(code).toBe(2);
    expect(stderr).toContain('logs:FilterLogEvents');
  });
});
