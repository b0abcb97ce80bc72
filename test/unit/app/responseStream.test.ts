import { describe, expect, test } from 'vitest';
import { postStream } from '../../../src/app/postStream.ts';
import { MAX_BUFFERED_BYTES, ResponseStream, type StreamSink } from '../../../src/app/responseStream.ts';
import type { ToForm } from '../../../src/protocol/messages.ts';

const utf8 = (text: string) => new TextEncoder().encode(text);
const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);

function sink(failAt = Number.POSITIVE_INFINITY) {
  const written: Uint8Array[] = [];
  let hasEnded = false;
  const fileSink: StreamSink = {
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
  return { fileSink, written, bytes: () => Buffer.concat(written), hasEnded: () => hasEnded };
}

describe('a streamed response', () => {
  test('is buffered, counted and timed', async () => {
    const stream = new ResponseStream();
    stream.markSent();
    await stream.append(utf8('one '));
    await stream.append(utf8('two'));
    await stream.end({ isComplete: true });
    expect(stream.stats).toEqual({ chunks: 2, bytes: 7, bufferedBytes: 7, firstByteMs: expect.any(Number) });
    expect(text(stream.buffered())).toBe('one two');
  });

  test('of 40 MB is buffered up to 8 MB', async () => {
    const stream = new ResponseStream();
    const chunk = new Uint8Array(1_048_576);
    for (let n = 0; n < 40; n++) await stream.append(chunk.fill(n));
    expect(stream.stats).toMatchObject({ chunks: 40, bytes: 40 * 1_048_576, bufferedBytes: MAX_BUFFERED_BYTES });
    expect([stream.buffered().byteLength, stream.buffered()[0], stream.buffered().at(-1)]).toEqual([
      MAX_BUFFERED_BYTES,
      0,
      7,
    ]);
  });

  test('is written completely and in order to a file that was selected before', async () => {
    const { fileSink, bytes, hasEnded } = sink();
    const stream = new ResponseStream(fileSink);
    for (const part of ['a', 'b', 'c']) await stream.append(utf8(part));
    await stream.end({ isComplete: true });
    expect([bytes().toString(), hasEnded(), stream.stats.savedTo]).toEqual(['abc', true, 'out.txt']);
  });

  test('can be saved while it arrives, from its beginning', async () => {
    const { fileSink, bytes } = sink();
    const stream = new ResponseStream();
    await stream.append(utf8('before '));
    const saving = stream.saveTo(fileSink);
    const next = stream.append(utf8('after'));
    expect(await saving).toBe('saving');
    await next;
    await stream.end({ isComplete: true });
    expect(bytes().toString()).toBe('before after');
  });

  test('can’t be saved when it exceeds the buffer, twice, or after it ended', async () => {
    const stream = new ResponseStream();
    await stream.append(new Uint8Array(MAX_BUFFERED_BYTES));
    await stream.append(new Uint8Array(1));
    expect(await stream.saveTo(sink().fileSink)).toBe('notBuffered');
    const saved = new ResponseStream(sink().fileSink);
    expect(await saved.saveTo(sink().fileSink)).toBe('alreadySaving');
    const ended = new ResponseStream();
    await ended.end({ isComplete: true });
    expect(await ended.saveTo(sink().fileSink)).toBe('ended');
  });

  test('continues when the disk is full, and reports the error', async () => {
    const full = sink(1);
    const stream = new ResponseStream(full.fileSink);
    for (const part of ['a', 'b', 'c']) await stream.append(utf8(part));
    await stream.end({ isComplete: true });
    expect(stream.sinkError).toMatchObject({ label: 'out.txt', error: { message: expect.stringContaining('ENOSPC') } });
    expect([text(stream.buffered()), stream.stats.savedTo, full.hasEnded()]).toEqual(['abc', undefined, true]);
  });

  test('doesn’t touch a file it has no bytes for, unless it is complete and empty', async () => {
    for (const isComplete of [false, true]) {
      const { fileSink, hasEnded } = sink();
      const stream = new ResponseStream(fileSink);
      await stream.end({ isComplete });
      expect([hasEnded(), stream.stats.savedTo]).toEqual([isComplete, isComplete ? 'out.txt' : undefined]);
    }
  });

  test('ignores chunks after its end', async () => {
    const stream = new ResponseStream();
    await stream.end({ isComplete: true });
    await stream.append(utf8('late'));
    expect(stream.stats.bytes).toBe(0);
  });
});

describe('postStream', () => {
  function form() {
    const posted: Extract<ToForm, { type: 'streamed' }>[] = [];
    const stream = new ResponseStream();
    const posting = postStream(stream, 'a', (message) => message.type === 'streamed' && posted.push(message));
    const shown = () => text(Buffer.concat(posted.map(({ bytes }) => bytes)));
    return { posted, stream, posting, shown };
  }
  const settled = () => new Promise((resolve) => setTimeout(resolve, 80));

  test('posts consecutive parts instead of single chunks', async () => {
    const { posted, stream, shown } = form();
    for (let n = 0; n < 100; n++) await stream.append(utf8(`${n},`));
    await settled();
    expect(shown()).toBe(Array.from({ length: 100 }, (_, n) => `${n},`).join(''));
    expect(posted.length).toBeLessThan(10);
    expect(posted.at(-1)?.stats).toMatchObject({ chunks: 100 });
  });

  test('posts from the beginning for a form that becomes visible again', async () => {
    const { posted, stream, posting } = form();
    await stream.append(utf8('one'));
    await settled();
    await stream.append(utf8(' two'));
    posting.replay();
    expect(posted.at(-1)).toMatchObject({ offset: 0, bytes: utf8('one two') });
    await stream.append(utf8(' three'));
    await settled();
    expect(posted.at(-1)).toMatchObject({ offset: 7, bytes: utf8(' three') });
  });

  test('posts only the first 2 MB of a long response', async () => {
    const { stream, posted } = form();
    for (let n = 0; n < 6; n++) await stream.append(new Uint8Array(524_288));
    await settled();
    expect(posted.reduce((sum, { bytes }) => sum + bytes.byteLength, 0)).toBe(2_097_152);
    expect(posted.at(-1)?.stats.bytes).toBe(6 * 524_288);
  });
});
