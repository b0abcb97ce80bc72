import { PassThrough } from 'node:stream';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { HandlerOutput } from '../../../../src/local/process/handlerOutput.ts';

test('output that the event loop reports in the turn after a streamed response still belongs to its event', async () => {
  const output = new HandlerOutput();
  const stream = new PassThrough();
  const received: string[] = [];
  output.add(stream);
  output.sendTo((bytes) => received.push(bytes.toString()));
  const done = new Promise<void>((resolve) => {
    const onDone = () => {
      received.push('end');
      resolve();
    };
    output.afterPending(onDone, { mayBeStreamed: true });
  });
  await nextTurn();
  stream.write('log');
  await done;
  expect(received).toEqual(['log', 'end']);
});
