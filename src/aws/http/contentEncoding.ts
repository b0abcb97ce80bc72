import { PassThrough, Transform, type Readable } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate, createInflateRaw } from 'node:zlib';
import { pipeWithErrors } from './pipeWithErrors.ts';

/** The code of the error that ends a body which isn't what its Content-Encoding says. */
export const ENCODING_BROKEN = 'ERR_CONTENT_ENCODING';

/** The first byte of a zlib stream names the method in its low half; "deflate" is sent without that header as well. */
function createDeflate(first: number): Transform {
  return (first & 0x0f) === 8 ? createInflate() : createInflateRaw();
}

const DECODERS: Readonly<Record<string, (first: number) => Transform>> = {
  gzip: () => createGunzip(),
  'x-gzip': () => createGunzip(),
  deflate: createDeflate,
  br: () => createBrotliDecompress(),
};

/** The encodings of a body in the order they were applied; "identity" is none. */
export function encodingsOf(header: string | undefined): string[] {
  const names = (header ?? '').split(',').map((name) => name.trim().toLowerCase());
  return names.filter((name) => name !== '' && name !== 'identity');
}

/** Whether a body can be decoded here. Browsers and proxies never apply more than two encodings. */
export function canDecode(encodings: readonly string[]): boolean {
  return encodings.length <= 2 && encodings.every((name) => Object.hasOwn(DECODERS, name));
}

function decodeOne(body: Readable, name: string): Readable {
  const output = new PassThrough();
  let decoder: Transform | undefined;
  // The decoder is chosen by the first byte. An empty body has none, and needs no decoder.
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

/** Decodes a body, piece by piece; the result is destroyed with an error where the body is cut or broken. */
export function decode(body: Readable, encodings: readonly string[]): Readable {
  return encodings.toReversed().reduce(decodeOne, body);
}
