import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTemporaryWorkspace, type TemporaryWorkspace } from '../../../support/temporaryWorkspace.ts';

const CODE = `const { appendFileSync } = require('node:fs');
exports.notes = async ({ file }, { awsRequestId }) => {
  appendFileSync(file, awsRequestId + '\\n');
};`;

const FUNCTIONS = { durable: { handler: 'index.notes', durable: true, versions: ['1'] } };

describe('durable executions', () => {
  let durable: TemporaryWorkspace;
  let file: string;

  beforeAll(async () => {
    durable = await startTemporaryWorkspace({ 'index.js': CODE }, FUNCTIONS);
    file = join(durable.folder, 'notes.txt');
  });

  afterAll(() => durable.close());

  const run = (DurableExecutionName: string | undefined, event: object) =>
    durable.invoke('durable', event, {
      Qualifier: '1',
      ...(DurableExecutionName !== undefined && { DurableExecutionName }),
    });

  test('the same name and payload run once and return the same execution', async () => {
    const first = await run('order', { file });
    const again = await run('order', { file });
    expect(first.DurableExecutionArn).toMatch(
      /^arn:aws:lambda:us-east-1:000000000000:function:durable:1\/durable-execution\/order\/[0-9a-f-]{36}$/,
    );
    expect(again.DurableExecutionArn).toBe(first.DurableExecutionArn);
    expect((await readFile(file, 'utf8')).trim().split('\n')).toHaveLength(1);
  });

  test('the same name with another payload is rejected', async () => {
    expect((await run('order', { file, other: true })).exception?.name).toBe('DurableExecutionAlreadyStartedException');
  });

  test('invocations without a name are separate executions', async () => {
    const [one, two] = [await run(undefined, { file }), await run(undefined, { file })];
    expect(one.DurableExecutionArn).not.toBe(two.DurableExecutionArn);
  });
});
