import { describe, expect, test } from 'vitest';
import { postStream } from '../../../src/app/postStream.ts';
import { MAX_HELD_BYTES, ResponseStream, type StreamSink } from '../../../src/app/responseStream.ts';
import type { ToForm } from '../../../src/protocol/messages.ts';

const utf8 = (text: string) => new TextEncoder().encode(text);
const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);

function sink(failAt = Number.POSITIVE_INFINITY) {
  const written: Uint8Array[] = [];
  let hasEnded = false;
  const taking: StreamSink = {
    label: 'out.txt',
    async write(bytes) {
      await new Promise((resolve) => setTimeout(resolve, 1));
      if (written.length >= failAt) throw new Error('ENOSPC: no space left on device');
      written.push(bytes.slice());
    },
    end() {
      hasEnded = true;
      return Promise.resolve();
    },
  };
  return { taking, written, bytes: () => Buffer.concat(written), hasEnded: () => hasEnded };
}

describe('a streamed response', () => {
  test('is held, counted and timed', async () => {
    const stream = new ResponseStream();
    stream.begin();
    await stream.take(utf8('one '));
    await stream.take(utf8('two'));
    await stream.end({ isWhole: true });
    expect(stream.figures).toEqual({ chunks: 2, bytes: 7, bufferedBytes: 7, firstByteMs: expect.any(Number) });
    expect(text(stream.held())).toBe('one two');
  });

  test('of 40 MB holds the first 8 MB only', async () => {
    const stream = new ResponseStream();
    const chunk = new Uint8Array(1_048_576);
    for (let n = 0; n < 40; n++) await stream.take(chunk.fill(n));
    expect(stream.figures).toMatchObject({ chunks: 40, bytes: 40 * 1_048_576, bufferedBytes: MAX_HELD_BYTES });
    expect([stream.held().byteLength, stream.held()[0], stream.held().at(-1)]).toEqual([MAX_HELD_BYTES, 0, 7]);
  });

  test('goes to a file that was chosen before, every byte and in order', async () => {
    const { taking, bytes, hasEnded } = sink();
    const stream = new ResponseStream(taking);
    for (const part of ['a', 'b', 'c']) await stream.take(utf8(part));
    await stream.end({ isWhole: true });
    expect([bytes().toString(), hasEnded(), stream.figures.savedTo]).toEqual(['abc', true, 'out.txt']);
  });

  test('can be saved while it comes: what has come goes first', async () => {
    const { taking, bytes } = sink();
    const stream = new ResponseStream();
    await stream.take(utf8('before '));
    const saving = stream.saveTo(taking);
    const next = stream.take(utf8('after'));
    expect(await saving).toBe('saving');
    await next;
    await stream.end({ isWhole: true });
    expect(bytes().toString()).toBe('before after');
  });

  test('cannot be saved whole once more has come than is held, nor twice, nor after its end', async () => {
    const stream = new ResponseStream();
    await stream.take(new Uint8Array(MAX_HELD_BYTES));
    await stream.take(new Uint8Array(1));
    expect(await stream.saveTo(sink().taking)).toBe('notHeld');
    const saved = new ResponseStream(sink().taking);
    expect(await saved.saveTo(sink().taking)).toBe('alreadySaving');
    const ended = new ResponseStream();
    await ended.end({ isWhole: true });
    expect(await ended.saveTo(sink().taking)).toBe('ended');
  });

  test('goes on when the disk is full, and says so', async () => {
    const full = sink(1);
    const stream = new ResponseStream(full.taking);
    for (const part of ['a', 'b', 'c']) await stream.take(utf8(part));
    await stream.end({ isWhole: true });
    expect(stream.sinkError).toMatchObject({ label: 'out.txt', error: { message: expect.stringContaining('ENOSPC') } });
    expect([text(stream.held()), stream.figures.savedTo, full.hasEnded()]).toEqual(['abc', undefined, true]);
  });

  test('leaves a file alone that it has nothing for, unless it is whole and empty', async () => {
    for (const isWhole of [false, true]) {
      const { taking, hasEnded } = sink();
      const stream = new ResponseStream(taking);
      await stream.end({ isWhole });
      expect([hasEnded(), stream.figures.savedTo]).toEqual([isWhole, isWhole ? 'out.txt' : undefined]);
    }
  });

  test('takes nothing after its end', async () => {
    const stream = new ResponseStream();
    await stream.end({ isWhole: true });
    await stream.take(utf8('late'));
    expect(stream.figures.bytes).toBe(0);
  });
});

describe('postStream', () => {
  function form() {
    const posted: Extract<ToForm, { type: 'streamed' }>[] = [];
    const stream = new ResponseStream();
    const posting = postStream(stream, 'a', (said) => said.type === 'streamed' && posted.push(said));
    const shown = () => text(Buffer.concat(posted.map(({ bytes }) => bytes)));
    return { posted, stream, posting, shown };
  }
  const told = () => new Promise((resolve) => setTimeout(resolve, 80));

  test('tells a form what comes, in parts that follow one another, not each chunk', async () => {
    const { posted, stream, shown } = form();
    for (let n = 0; n < 100; n++) await stream.take(utf8(`${n},`));
    await told();
    expect(shown()).toBe(Array.from({ length: 100 }, (_, n) => `${n},`).join(''));
    expect(posted.length).toBeLessThan(10);
    expect(posted.at(-1)?.figures).toMatchObject({ chunks: 100 });
  });

  test('a form that comes back is told from the beginning', async () => {
    const { posted, stream, posting } = form();
    await stream.take(utf8('one'));
    await told();
    await stream.take(utf8(' two'));
    posting.again();
    expect(posted.at(-1)).toMatchObject({ offset: 0, bytes: utf8('one two') });
    await stream.take(utf8(' three'));
    await told();
    expect(posted.at(-1)).toMatchObject({ offset: 7, bytes: utf8(' three') });
  });

  test('of a long response only the first 2 MB are posted', async () => {
    const { stream, posted } = form();
    for (let n = 0; n < 6; n++) await stream.take(new Uint8Array(524_288));
    await told();
    expect(posted.reduce((sum, { bytes }) => sum + bytes.byteLength, 0)).toBe(2_097_152);
    expect(posted.at(-1)?.figures.bytes).toBe(6 * 524_288);
  });
});
