import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { message } from '../../../../src/core/messages/messages.ts';
import { toOutcome, type Outcome } from '../../../../src/core/outcome/outcome.ts';
import { BODY_LIMITS } from '../../../../src/host/history/bodyLimits.ts';
import { useBodiesFolder } from '../../../support/bodiesFolder.ts';
import { endedInvocation } from '../../../support/openHistory.ts';

const store = useBodiesFolder();

/** The content of every file of the history. */
async function everything(): Promise<string> {
  const names = await readdir(store.folder, { recursive: true });
  const texts = await Promise.all(names.map((name) => readFile(join(store.folder, name), 'latin1').catch(() => '')));
  return texts.join('\n');
}

const failedFunction: Outcome = toOutcome(
  {
    StatusCode: 200,
    FunctionError: 'Unhandled',
    LogResult: Buffer.from('the log\n').toString('base64'),
    Payload: Buffer.from('{"errorType":"E","errorMessage":"the message","trace":["at the stack"]}'),
    connection: { kind: 'aws', endpoint: 'http://user:secretPassword@localhost:1/?secretQuery' },
  },
  { clientMs: 1, notes: [message('bomDropped')] },
);

describe('stored payloads and responses', () => {
  test('are read by a later window, with all texts of the outcome', async () => {
    const bytes = Uint8Array.from({ length: 256 }, (_, at) => at);
    const ended = endedInvocation('a', {
      sent: '{"name":"ü\n"}',
      outcome: failedFunction,
      order: { isSentAnyway: true, preset: { name: 'p', store: 'file:///p' } },
    });
    const binary = { ...ended, result: { ...ended.result, Payload: bytes } };
    await store.open().add(binary);
    const again = await store.recalled('a');
    expect(again?.order).toEqual(ended.order);
    expect(again?.result).toMatchObject({
      outcome: {
        functionError: { message: 'the message', stack: ['at the stack'] },
        logTail: { text: 'the log\n' },
        notes: [{ code: 'bomDropped' }],
      },
    });
    expect(Buffer.from(again?.result.Payload ?? '').equals(bytes)).toBe(true);
    expect(Buffer.from(again?.result.sent ?? '').toString()).toBe('{"name":"ü\n"}');
  });

  test('can be missing, for example if nothing was sent', async () => {
    const outcome: Outcome = { state: 'failed', reason: message('notConfirmed'), clientMs: 0, notes: [] };
    const { order } = endedInvocation('a');
    const none = { ...order, invocation: { ...order.invocation, payload: { kind: 'none' } as const } };
    await store.open().add({ invocationId: 'a', order: none, result: { outcome } });
    expect(await store.recalled('a')).toEqual({ invocationId: 'a', order: none, result: { outcome } });
    // The text of an inline payload that wasn't sent is not in the file.
    await store.open().add({ invocationId: 'b', order, result: { outcome } });
    expect(await store.recalled('b')).toBeUndefined();
  });

  test.skipIf(process.platform === 'win32')('can only be read by their user', async () => {
    await store.open().add(endedInvocation('a'));
    const [name = ''] = await store.files();
    expect(name).toMatch(/^[\da-f]{32}$/);
    expect((await stat(store.bodies)).mode & 0o777).toBe(0o700);
    expect((await stat(join(store.bodies, name))).mode & 0o777).toBe(0o600);
  });

  test('have no environment variables, credentials, or paths of invocation IDs', async () => {
    const id = '../../escaped';
    const order = {
      environment: { KEY: 'secretVariable' },
      connection: { kind: 'aws', endpoint: 'http://user:secretPassword@localhost:1/?secretQuery' },
    } as const;
    await store.open().add(endedInvocation(id, { response: 'the response', outcome: failedFunction, order }));
    expect(await store.files()).toHaveLength(1);
    expect(await readdir(store.root)).toEqual(['history']);
    const text = await everything();
    expect(text).toContain('the response');
    expect(text).not.toContain('secret');
    expect((await store.recalled(id))?.order).toMatchObject({ lacksEnvironment: true });
  });

  test('are ignored if they are damaged', async () => {
    await store.open().add(endedInvocation('a', { response: 'the response' }));
    const path = join(store.bodies, (await store.files())[0] ?? '');
    const bytes = await readFile(path);
    for (const length of [0, 1, 50, bytes.length - 1]) {
      await writeFile(path, bytes.subarray(0, length));
      expect(await store.recalled('a')).toBeUndefined();
    }
    await writeFile(path, Buffer.concat([Buffer.from('{"outcome":{}}\n'), bytes]));
    expect(await store.recalled('a')).toBeUndefined();
    await writeFile(path, bytes);
    expect(await store.recalled('a')).toBeDefined();
  });

  test('are only stored if the setting allows it', async () => {
    const history = store.open({ bodies: 'never' });
    await history.add(endedInvocation('a', { response: 'the response' }));
    await history.set('paused');
    await history.add(endedInvocation('b', { response: 'the response' }));
    expect(await everything()).not.toContain('the response');
    await history.set('kept');
    await history.add(endedInvocation('c', { response: 'the response' }));
    expect(await store.files()).toHaveLength(1);
    await history.set('paused'); // an untrusted workspace
    expect([await store.files(), await history.response('c')]).toEqual([expect.anything(), 'the response']);
    await history.set('never');
    expect(await store.files()).toEqual([]);
    expect(await everything()).not.toContain('the response');
    expect(history.ids).toEqual(['c', 'b', 'a']);
  });

  test('are not stored if they are too large', async () => {
    const history = store.open({ limits: { ...BODY_LIMITS, maxBytes: 2000 } });
    await history.add(endedInvocation('a', { response: 'x'.repeat(2000) }), endedInvocation('b'));
    expect([await history.response('a'), await history.response('b')]).toEqual([undefined, '']);
  });

  test('are deleted by a window that starts after the user has changed the setting', async () => {
    await store.open().add(endedInvocation('a', { response: 'the response' }));
    await store.open({ bodies: 'never' }).storage.start();
    expect(await store.files()).toEqual([]);
  });
});
