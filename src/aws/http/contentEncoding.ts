import { PassThrough, Transform, type Readable } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate, createInflateRaw } from 'node:zlib';
import { pipeWithErrors } from './pipeWithErrors.ts';

/** The code of the error for a body that doesn't match its Content-Encoding. */
export const ENCODING_BROKEN = 'ERR_CONTENT_ENCODING';

/**
 * Some servers send "deflate" without the zlib header, whose first byte has the compression method in its low nibble.
 */
function createDeflate(first: number): Transform {
  return (first & 0x0f) === 8 ? createInflate() : createInflateRaw();
}

const DECODERS: Readonly<Record<string, (first: number) => Transform>> = {
  gzip: () => createGunzip(),
  'x-gzip': () => createGunzip(),
  deflate: createDeflate,
  br: () => createBrotliDecompress(),
};

/** The encodings in a Content-Encoding header, in the order they were applied and without "identity". */
export function encodingsOf(header: string | undefined): string[] {
  const names = (header ?? '').split(',').map((name) => name.trim().toLowerCase());
  return names.filter((name) => name !== '' && name !== 'identity');
}

/** Whether `decode` supports these encodings. At most two, as servers and proxies never apply more. */
export function canDecode(encodings: readonly string[]): boolean {
  return encodings.length <= 2 && encodings.every((name) => Object.hasOwn(DECODERS, name));
}

function decodeOne(body: Readable, name: string): Readable {
  const output = new PassThrough();
  let decoder: Transform | undefined;
  // The first byte selects the decoder, so an empty body never creates one.
  const input = new Transform({
    transform(chunk: Buffer, _, done) {
      decoder ??= createDecoder(chunk[0] ?? 0);
      if (decoder.write(chunk)) done();
      else decoder.once('drain', () => done());
    },
    flush(done) {
      if (decoder === undefined) output.end();
      else decoder.end();
      done();
    },
  });
  const createDecoder = (first: number) => {
    const created = DECODERS[name]?.(first) ?? new PassThrough();
    created.once('error', ({ message }) =>
      output.destroy(Object.assign(new Error(`${name}: ${message}`), { code: ENCODING_BROKEN })),
    );
    created.pipe(output);
    return created;
  };
  output.on('error', () => undefined);
  output.once('close', () => {
    input.destroy();
    decoder?.destroy();
  });
  input.once('error', (error) => output.destroy(error));
  pipeWithErrors(body, input).resume();
  return output;
}

/** Decodes a body as a stream. The result is destroyed with an error if the body is truncated or corrupt. */
export function decode(body: Readable, encodings: readonly string[]): Readable {
  return encodings.toReversed().reduce(decodeOne, body);
}
