import assert from 'node:assert/strict';
import type * as vscode from 'vscode';
import { createKnownFunctions } from '../../src/core/functions/knownFunctions.ts';
import { Invocations, type EndedInvocation } from '../../src/app/invocations.ts';
import { createResults } from '../../src/app/results.ts';
import type { InvocationOrder } from '../../src/app/runInvocation.ts';
import { InvokeError } from '../../src/core/outcome/invokeError.ts';
import { message } from '../../src/core/messages/messages.ts';
import { readPayload } from '../../src/host/invoking/payloadFiles.ts';
import type { FileBatch } from '../../src/host/invoking/fileBatch.ts';
import { summaryOf } from '../../src/host/invoking/resultRows.ts';
import { createRunFiles } from '../../src/host/invoking/runFiles.ts';
import { inWorkspace, writeFile } from './workspace.ts';
import { NO_PROMPTS } from '../support/noPrompts.ts';

describe('Several payload files', () => {
  const ended: EndedInvocation[] = [];
  let running = 0;
  let maxRunning = 0;
  const invocations = new Invocations({
    readPayload,
    ...NO_PROMPTS,
    confirm: () => Promise.reject(new Error('confirmed for each file')),
    target: () => Promise.resolve({ kind: 'aws' }),
    maxRetries: () => 0,
    knownFunctions: createKnownFunctions(),
    invoke: async ({ Payload }) => {
      maxRunning = Math.max(maxRunning, ++running);
      await new Promise((resolve) => setTimeout(resolve, 5));
      running--;
      if (Buffer.from(Payload).includes('fail')) throw new InvokeError(message('CallerRateLimitExceeded'));
      return { StatusCode: 200, Payload, connection: { kind: 'local' } };
    },
  });
  const results = createResults();
  const recall = (invocationId: string) => results.recall(invocationId);
  invocations.listen({ onDidEnd: (one) => ended.push(one) });
  invocations.listen({ onDidEnd: (one) => results.keep(one) });
  const orderFor = (uri: string): Promise<InvocationOrder> =>
    Promise.resolve({
      invocation: { FunctionName: 'f', InvocationType: 'RequestResponse', payload: { kind: 'file', uri } },
      connection: { kind: 'local' },
    });
  let shown: FileBatch | undefined;
  const show = (batch: FileBatch) => {
    shown = batch;
  };
  const create = (isConfirmed: boolean, confirmedCounts: number[]) =>
    createRunFiles({
      invocations,
      recall,
      show,
      confirm: (_, count) => {
        confirmedCounts.push(count);
        return Promise.resolve(isConfirmed);
      },
    });

  async function threeFiles(): Promise<vscode.Uri[]> {
    return [
      await writeFile('events/1 eins.json', '{"n": 1}'),
      await writeFile('events/2 fail.json', '{"fail": true}'),
      await writeFile('events/nested/3 ü.json', '{"n": 3}'),
    ];
  }

  beforeEach(() => {
    ended.length = 0;
    maxRunning = 0;
    shown = undefined;
  });

  it('are invoked one after another despite failures, after one confirmation', async () => {
    const confirmedCounts: number[] = [];
    const outcomes = await create(true, confirmedCounts)(await threeFiles(), orderFor);
    assert.deepEqual(
      outcomes.map(({ state, payloadText }) => payloadText ?? state),
      ['{"n": 1}', 'failed', '{"n": 3}'],
    );
    assert.equal(maxRunning, 1);
    assert.deepEqual(confirmedCounts, [3]);
  });

  it('show one warning, before the first is sent', async () => {
    const warned: number[] = [];
    const run = createRunFiles({
      invocations,
      recall,
      confirm: () => Promise.resolve(true),
      show,
      warn: () => warned.push(ended.length),
    });
    await run(await threeFiles(), orderFor);
    assert.deepEqual(warned, [0]);
  });

  it('are invoked even if one of them was deleted', async () => {
    const [first] = await threeFiles();
    const outcomes = await create(true, [])([first as vscode.Uri, inWorkspace('events/never there.json')], orderFor);
    assert.deepEqual(
      outcomes.map(({ state }) => state),
      ['succeeded', 'failed'],
    );
    assert.match(outcomes[1]?.reason ?? '', /never there\.json/);
  });

  it('stop when a prompt is canceled', async () => {
    const [first, ...others] = await threeFiles();
    const once = (uri: string) => (uri === first?.toString() ? orderFor(uri) : Promise.resolve(undefined));
    const outcomes = await create(true, [])([first as vscode.Uri, ...others], once);
    assert.equal(outcomes.length, 1);
    assert.equal(shown && summaryOf(shown), '1 of 3 succeeded, 2 not completed');
  });

  it('can run the failed ones again, with one confirmation', async () => {
    const confirmedCounts: number[] = [];
    const run = create(true, confirmedCounts);
    const uris = await threeFiles();
    await run(uris, orderFor);
    assert.ok(shown !== undefined);
    assert.equal(summaryOf(shown), '2 of 3 succeeded, 1 failed');
    const [, failing] = uris;
    assert.deepEqual(shown.failed, [failing?.toString()]);
    await writeFile('events/2 fail.json', '{"n": 2}');
    await Promise.all([run.again(shown, shown.failed), run.again(shown, shown.failed)]);
    assert.equal(summaryOf(shown), '3 of 3 succeeded');
    assert.equal(ended.length, 4);
    assert.deepEqual(confirmedCounts, [3, 1]);
  });

  it('are not invoked without confirmation', async () => {
    assert.deepEqual(await create(false, [])(await threeFiles(), orderFor), []);
    assert.deepEqual(ended, []);
    assert.equal(shown, undefined);
  });
});
