import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { Socket } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, test, vi, type MockInstance } from 'vitest';
import { NODE, startHostile, type HostileWorkspace } from '../../../support/hostileHandlers.ts';
import { readEventStream } from '../../../support/readEventStream.ts';
import { signedInvoke } from '../../../support/signedInvoke.ts';

const CHUNK_BYTES = 4000;
const ONE_CHUNK = `frame({ kind: 'chunk', requestId }, 'x'.repeat(${CHUNK_BYTES}))`;
const MEGABYTE = 1_048_576;

/** How long a handler may fill its pipe. The system may buffer tens of MB between endpoint and client. */
const MAX_FILL_MS = 3000;

/** Longer than the endpoint waits for the output of a process that has exited. */
const BUSY_MS = 400;

/** Keeps the endpoint, in this process, busy once it has resumed a pipe, before it reads from it. */
function blockAfterResume(): MockInstance {
  let isBlocked = false;
  const resume = Reflect.get(Socket.prototype, 'resume');
  return vi.spyOn(Socket.prototype, 'resume').mockImplementation(function (this: Socket) {
    const isPipe = this.remoteAddress === undefined;
    if (isPipe && !isBlocked) {
      isBlocked = true;
      setImmediate(() => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, BUSY_MS));
    }
    return resume.call(this);
  });
}

const TRUNCATED = { errorType: 'Runtime.TruncatedResponse', errorMessage: 'Response was truncated' };

const streaming = (code: string, settings: object = {}) => ({
  code: `stream(async (event, out, { awsRequestId: requestId }) => { ${code} })`,
  settings,
});

const HANDLERS = {
  destroysWithError: streaming(`out.write('a'); await sleep(50); out.destroy(new RangeError('own'));`),
  destroys: streaming(`out.write('a'); await sleep(50); out.destroy();`),
  endsTwice: streaming(`out.write('a'); out.end(); out.end();`),
  writesAfterEnd: streaming(`out.write('a'); out.end(); out.write('b');`),
  writesMuch: streaming(`for (let n = 0; n < 20; n++) out.write(Buffer.alloc(${MEGABYTE}, n)); out.end();`),
  exits: streaming(`out.write('a'); await sleep(50); process.exit(3);`),
  writesSmallChunks: {
    code: `async (event, { awsRequestId: requestId }) => {
      const bytes = Buffer.concat(Array.from({ length: 10000 }, () => frame({ kind: 'chunk', requestId }, '1')));
      for (let n = 0; n < 10; n++) await send(bytes);
      await send(frame({ kind: 'response', requestId }));
    }`,
  },
  exitsWhilePipeIsFull: streaming(`
    const chunk = ${ONE_CHUNK};
    const chunks = Buffer.concat(Array(50).fill(chunk));
    const end = Date.now() + ${MAX_FILL_MS};
    let bytes = 0;
    new (require('node:net').Socket)({ fd: 4, readable: false }); // a full pipe no longer blocks
    for (let waits = 0; waits < 20 && Date.now() < end; ) {
      try { bytes += fs.writeSync(4, chunks.subarray(bytes % chunks.byteLength)); waits = 0; } catch { waits++; await sleep(10); }
    }
    fs.writeFileSync(__dirname + '/chunks.txt', String(Math.floor(bytes / chunk.byteLength)));
    process.exit(3);`),
  neverEnds: streaming(`const chunk = ${ONE_CHUNK}; for (;;) await send(chunk);`, { timeout: 1 }),
  writesAfterReply: streaming(`
    await send(frame({ kind: 'error', requestId, errorType: 'Own' }, JSON.stringify({ errorType: 'x'.repeat(6e6) })));
    for (let n = 0; n < 100; n++) await send(${ONE_CHUNK});
    fs.writeFileSync(__dirname + '/written.txt', '');`),
  outlivesClient: streaming(`
    for (let n = 0; n < 20; n++) { if (!out.write(Buffer.alloc(${MEGABYTE}))) await require('node:events').once(out, 'drain'); }
    out.end();
    fs.writeFileSync(__dirname + '/finished.txt', '');`),
};

// On Windows, the pipes have no descriptors for `fs`.
describe.skipIf(process.platform === 'win32').concurrent('a streaming handler', () => {
  let workspace: HostileWorkspace;

  beforeAll(async () => {
    workspace = await startHostile(NODE, Object.values(HANDLERS));
  });

  afterAll(() => workspace.close());

  const nameOf = (handler: keyof typeof HANDLERS) => `f${Object.keys(HANDLERS).indexOf(handler)}`;

  /** Sends the request. Nothing reads the response's body yet. */
  const open = (handler: keyof typeof HANDLERS) =>
    signedInvoke({ url: workspace.url, name: nameOf(handler), isStreamed: true });

  const isWritten = (file: string) => () => existsSync(join(workspace.folder, file));

  test.for([
    ['that destroys its stream with an error', 'destroysWithError', 'a', TRUNCATED, false],
    ['that destroys its stream', 'destroys', 'a', TRUNCATED, false],
    ['that ends its stream twice', 'endsTwice', 'a', undefined, true],
    [
      'that writes after the end, before anything was sent',
      'writesAfterEnd',
      '',
      { errorType: 'Runtime.UnhandledPromiseRejection' },
      false,
    ],
    ['that exits', 'exits', 'a', { errorType: 'Runtime.ExitError' }, false],
  ] as const)('%s', async ([, handler, body, error, isReusable], { expect }) => {
    const response = await readEventStream(await open(handler));
    expect(response.body.toString()).toBe(body);
    expect(response.eventTypes).toEqual([...(body === '' ? [] : ['PayloadChunk']), 'InvokeComplete']);
    expect(response.error).toEqual(error === undefined ? undefined : expect.objectContaining(error));
    await workspace.expectHarmless(expect, nameOf(handler), isReusable);
  });

  test('that writes 20 MB without waiting', async ({ expect }) => {
    const { body, error } = await readEventStream(await open('writesMuch'));
    const expected = Buffer.concat(Array.from({ length: 20 }, (_, n) => Buffer.alloc(MEGABYTE, n)));
    expect(body.equals(expected)).toBe(true);
    expect(error).toBeUndefined();
    const buffered = await workspace.invoke(nameOf('writesMuch'));
    expect(buffered.result).toMatchObject({ errorType: 'Function.ResponseSizeTooLarge' });
    await workspace.expectHarmless(expect, nameOf('writesMuch'), true);
  });

  test('that writes 100,000 chunks of one byte', async ({ expect }) => {
    const { result } = await workspace.invoke(nameOf('writesSmallChunks'));
    expect(result).toBe(Number('1'.repeat(100_000)));
    await workspace.expectHarmless(expect, nameOf('writesSmallChunks'), true);
  });

  test.sequential(
    'that exits while its client reads nothing: all chunks arrive before the error',
    async ({ expect }) => {
      const response = await open('exitsWhilePipeIsFull');
      await expect.poll(isWritten('chunks.txt')).toBe(true);
      await expect.poll(() => workspace.processesOf(nameOf('exitsWhilePipeIsFull'))).toEqual([]);
      const resume = blockAfterResume();
      const { body, eventTypes, error } = await readEventStream(response);
      const chunks = Number(await readFile(join(workspace.folder, 'chunks.txt'), 'utf8'));
      resume.mockRestore();
      expect(body.byteLength).toBe(chunks * CHUNK_BYTES);
      expect(eventTypes).toEqual(['PayloadChunk', 'InvokeComplete']);
      expect(error).toMatchObject({ errorType: 'Runtime.ExitError' });
      await workspace.expectHarmless(expect, nameOf('exitsWhilePipeIsFull'));
    },
  );

  test('that times out while its client reads nothing', async ({ expect }) => {
    const response = await open('neverEnds');
    await expect.poll(() => workspace.processesOf(nameOf('neverEnds'))).toEqual([]);
    const { eventTypes, error } = await readEventStream(response);
    expect(eventTypes).toEqual(['PayloadChunk', 'InvokeComplete']);
    expect(error).toMatchObject({ errorType: 'Sandbox.Timedout' });
    await workspace.expectHarmless(expect, nameOf('neverEnds'));
  });

  test('that writes chunks after its reply, while its client reads nothing', async ({ expect }) => {
    const response = await open('writesAfterReply');
    await expect.poll(isWritten('written.txt')).toBe(true);
    const { eventTypes, error } = await readEventStream(response);
    expect(eventTypes).toEqual(['InvokeComplete']);
    expect(error?.errorType).toHaveLength(6e6);
    await workspace.expectHarmless(expect, nameOf('writesAfterReply'), true);
  });

  test('continues when its client disconnects', async ({ expect }) => {
    const response = await open('outlivesClient');
    response.destroy();
    await expect.poll(isWritten('finished.txt')).toBe(true);
    await workspace.expectHarmless(expect, nameOf('outlivesClient'), true);
  });
});
