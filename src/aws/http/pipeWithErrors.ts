import type { Readable, Transform } from 'node:stream';

/** Pipes a body into a transform. Unlike `pipe`, a truncated body also destroys the transform with an error. */
export function pipeWithErrors<To extends Transform>(body: Readable, to: To): To {
  to.on('error', () => undefined); // there may be no reader any more
  to.once('close', () => body.destroy());
  body.once('error', (error) => to.destroy(error));
  body.once('close', () => {
    if (!body.readableEnded && !to.destroyed) to.destroy(Object.assign(new Error('aborted'), { code: 'ECONNRESET' }));
  });
  return body.pipe(to);
}
