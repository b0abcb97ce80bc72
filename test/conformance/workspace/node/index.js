const sleep = (seconds) => new Promise((resolve) => setTimeout(resolve, seconds * 1000));

class OrderRejected extends Error {
  name = 'OrderRejected';
}

/** Performs the action in the event. */
exports.handler = async (event, context) => {
  const { do: action, value } = event ?? {};
  if (action === 'echo') return value;
  if (action === 'nothing') return undefined;
  if (action === 'throw') throw new Error(value);
  if (action === 'throwCustom') throw new OrderRejected(value);
  if (action === 'throwText') throw value;
  if (action === 'exit') process.exit(value);
  if (action === 'kill') process.kill(process.pid, value);
  if (action === 'unhandled') {
    void Promise.reject(new Error(value));
    return new Promise(() => undefined);
  }
  if (action === 'sleep') return sleep(value);
  if (action === 'large') return 'x'.repeat(value);
  if (action === 'log') {
    for (let line = 1; line <= value; line++) console.log(`line ${line} of ${value}: ü`);
    return value;
  }
  if (action === 'memory') {
    const buffers = [];
    for (;;) buffers.push(Buffer.alloc(10_000_000, 1));
  }
  if (action === 'context') {
    const { getRemainingTimeInMillis, ...rest } = context;
    return { ...rest, remaining: getRemainingTimeInMillis(), environment: process.env };
  }
  return event;
};

exports.nested = { deep: async () => 'nested' };

exports.callback = (event, context, callback) => setTimeout(() => callback(null, 'called back'), 5);

exports.streams = awslambda.streamifyResponse(async (event, stream) => {
  for (const part of ['one ', 'two ', 'three']) {
    stream.write(part);
    await sleep(0.02);
  }
  if (event.fail) throw new OrderRejected('in the middle');
  stream.end();
});
