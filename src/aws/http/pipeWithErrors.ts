import type { Readable, Transform } from 'node:stream';

/** Pipes a body on. Unlike `pipe` alone, a body that is cut also ends the other side, with an error. */
export function pipeWithErrors<To extends Transform>(body: Readable, to: To): To {
  to.on('error', () => undefined); // nobody may read any more
  to.once('close', () => body.destroy());
  body.once('error', (error) => to.destroy(error));
  body.once('close', () => {
    if (!body.readableEnded && !to.destroyed) to.destroy(Object.assign(new Error('aborted'), { code: 'ECONNRESET' }));
  });
  return body.pipe(to);
}
