import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startDurableWorkspace, type DurableWorkspace } from '../../../support/durableWorkspace.ts';

const CODE = `const { durable, note } = require('./durable.js');
exports.notes = durable(async ({ file, text = 'ran' }, ctx) => ctx.step('note', () => note(file, text) ?? text));
exports.fails = durable(async () => { throw new TypeError('it broke'); });
exports.plain = async () => 'no status';
exports.throws = async () => { throw new RangeError('before'); };
exports.waits = durable((event, ctx) => ctx.callback('answer'));`;

const FUNCTIONS = {
  notes: { handler: 'index.notes', versions: ['1'] },
  fails: { handler: 'index.fails' },
  plain: { handler: 'index.plain' },
  missing: { handler: 'nowhere.handler' },
  unpacked: { handler: 'unpacked.handler' },
  waits: { handler: 'index.waits' },
  once: { handler: 'index.waits', reservedConcurrentExecutions: 0 },
};

describe('invocations of durable functions', () => {
  let workspace: DurableWorkspace;
  let file: string;

  beforeAll(async () => {
    workspace = await startDurableWorkspace(CODE, FUNCTIONS);
    file = join(workspace.folder, 'notes.txt');
    await workspace.write('unpacked.js', "require('uninstalled');");
    await workspace.write('package.json', '{ "dependencies": { "uninstalled": "1" } }');
  });

  afterAll(() => workspace.close());

  const run = (DurableExecutionName: string | undefined, event: object) =>
    workspace.invoke('notes', event, {
      Qualifier: '1',
      ...(DurableExecutionName !== undefined && { DurableExecutionName }),
    });

  test('the same name and payload run once and return the same execution and result', async () => {
    const first = await run('order', { file });
    const again = await run('order', { file });
    expect(first.arn).toMatch(
      /^arn:aws:lambda:us-east-1:000000000000:function:notes:1\/durable-execution\/order\/[0-9a-f-]{36}$/,
    );
    expect(again.arn).toBe(first.arn);
    expect([first.result, again.result]).toEqual(['ran', 'ran']);
    expect(first.ExecutedVersion).toBe('1');
    expect(await readFile(file, 'utf8')).toBe('ran\n');
  });

  test('the same name with another payload is rejected', async () => {
    await run('taken', { file });
    const other = run('taken', { file, text: 'other' });
    await expect(other).rejects.toMatchObject({
      name: 'DurableExecutionAlreadyStartedException',
      $metadata: { httpStatusCode: 409 },
    });
  });

  test('the same name of another version is another execution', async () => {
    const one = await run('version', { file });
    const latest = await workspace.invoke('notes', { file }, { DurableExecutionName: 'version' });
    expect(latest.arn).not.toBe(one.arn);
  });

  test('invocations without a name are separate executions', async () => {
    const [one, two] = [await run(undefined, { file }), await run(undefined, { file })];
    expect(one.arn).not.toBe(two.arn);
  });

  test('a durable function needs a qualifier', async () => {
    await expect(workspace.invoke('notes', {}, { Qualifier: undefined })).rejects.toMatchObject({
      name: 'InvalidParameterValueException',
      message: 'You cannot invoke a durable function using an unqualified ARN.',
    });
  });

  test('the error of an execution is the function error of a synchronous invocation', async () => {
    const { FunctionError, result } = await workspace.invoke('fails');
    expect(FunctionError).toBe('Unhandled');
    expect(result).toEqual({ errorType: 'TypeError', errorMessage: 'it broke' });
  });

  test('a handler that does not return the status of an execution fails', async () => {
    const { result } = await workspace.invoke('plain');
    expect(result).toEqual({
      errorType: 'InvalidParameterValueException',
      errorMessage: 'Invalid Status in invocation output.',
    });
  });

  test('a handler that cannot be loaded fails without another attempt', async () => {
    const { result, log } = await workspace.invoke('missing');
    expect(result).toMatchObject({ errorType: 'Runtime.ImportModuleError' });
    expect(log.match(/^START/gm)).toHaveLength(1);
  });

  test('advice for the error of a durable function is in its log', async () => {
    const { result, log } = await workspace.invoke('unpacked');
    expect(result).toMatchObject({ errorType: 'Runtime.ImportModuleError' });
    expect(log).toContain('npm install');
  });

  test('an asynchronous invocation returns the execution at once', async () => {
    const arn = await workspace.begin('waits');
    expect(arn).toContain(':function:waits:$LATEST/durable-execution/');
    await expect.poll(async () => (await workspace.execution(arn))?.open).toMatchObject([{ kind: 'callback' }]);
  });

  test('a throttled execution does not use up its name', async () => {
    const start = () => workspace.invoke('once', {}, { DurableExecutionName: 'throttled' });
    await expect(start()).rejects.toMatchObject({ name: 'TooManyRequestsException' });
    expect((await workspace.executions()).map(({ name }) => name)).not.toContain('throttled');
  });
});
