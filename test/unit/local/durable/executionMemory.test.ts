import { expect, test } from 'vitest';
import { DurableExecutions } from '../../../../src/local/durable/durableExecutions.ts';
import { InvocationLog } from '../../../../src/local/process/invocationLog.ts';

const SIZE = 6_000_000;

test('the results of durable executions occupy at most 64 MB', async () => {
  const executions = new DurableExecutions();
  let runs = 0;
  const run = async (name: string) => {
    const input = { functionArn: 'arn:1', name, payload: Buffer.from('{}') };
    const execution = executions.start(input, () => {
      runs++;
      const log = new InvocationLog({ requestId: 'id', version: '1', logging: { logFormat: 'Text' } });
      return Promise.resolve({ payload: Buffer.alloc(SIZE), log });
    });
    await execution?.result;
  };
  for (let index = 0; index < 12; index++) await run(`name-${index}`);
  expect(runs).toBe(12);
  await run('name-11');
  await run('name-2');
  expect(runs).toBe(12);
  await run('name-0'); // dropped
  expect(runs).toBe(13);
});
