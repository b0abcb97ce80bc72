/** Workflows with AWS's durable execution SDK, for the local endpoint and for the SDK's own local runner. */
export const HANDLERS = `const { withDurableExecution: durable, StepSemantics } = require('@aws/durable-execution-sdk-js');
const never = { retryStrategy: () => ({ shouldRetry: false }) };
const retry = (times) => ({ retryStrategy: (error, attempt) => ({ shouldRetry: attempt < times, delay: { seconds: 1 } }) });
const counts = new Map();
const attemptOf = (id) => { counts.set(id, (counts.get(id) ?? 0) + 1); return counts.get(id); };
const failsUntil = (id, attempt) => async () => {
  const now = attemptOf(id);
  if (now < attempt) throw new RangeError('attempt ' + now);
  return now;
};
class Custom extends Error { constructor(message) { super(message); this.name = 'Custom'; } }
const workflows = {
  returnsObject: async (event) => ({ got: event }),
  returnsNothing: async () => {},
  returnsNull: async () => null,
  returnsText: async () => 'text \\u00e9 \\u{1f600}',
  throwsError: async () => { throw new TypeError('it broke'); },
  throwsCustom: async () => { throw new Custom('custom'); },
  throwsText: async () => { throw 'only text'; },
  step: async (event, ctx) => ctx.step('one', async () => ({ n: 1 })),
  unnamedStep: async (event, ctx) => ctx.step(async () => 1),
  stepWithoutResult: async (event, ctx) => ctx.step('nothing', async () => undefined),
  twoSteps: async (event, ctx) => (await ctx.step('a', async () => 1)) + (await ctx.step('b', async () => 2)),
  stepFails: async (event, ctx) => ctx.step('bad', async () => { throw new Custom('bad'); }, never),
  stepFailureCaught: async (event, ctx) => { try { await ctx.step('bad', async () => { throw new Error('bad'); }, never); } catch (error) { return error.message; } },
  stepRetries: async (event, ctx) => ctx.step('flaky', failsUntil('flaky', 3), retry(3)),
  stepRetriesInVain: async (event, ctx) => ctx.step('hopeless', failsUntil('hopeless', 9), retry(2)),
  atMostOnce: async (event, ctx) => ctx.step('once', async () => 'once', { semantics: StepSemantics.AtMostOncePerRetry }),
  atMostOnceRetries: async (event, ctx) => ctx.step('again', failsUntil('again', 2), { ...retry(2), semantics: StepSemantics.AtMostOncePerRetry }),
  wait: async (event, ctx) => { await ctx.wait('pause', { seconds: 1 }); return 'awake'; },
  unnamedWait: async (event, ctx) => { await ctx.wait({ seconds: 1 }); return 'awake'; },
  twoWaits: async (event, ctx) => { await ctx.wait('a', { seconds: 1 }); await ctx.wait('b', { seconds: 1 }); },
  stepsAroundWait: async (event, ctx) => { const a = await ctx.step('a', async () => 1); await ctx.wait('pause', { seconds: 1 }); return a + (await ctx.step('b', async () => 2)); },
  child: async (event, ctx) => ctx.runInChildContext('child', async (inner) => inner.step('inner', async () => 'in')),
  childFails: async (event, ctx) => ctx.runInChildContext('child', async () => { throw new Custom('child'); }),
  childWithWait: async (event, ctx) => ctx.runInChildContext('child', async (inner) => { await inner.wait('pause', { seconds: 1 }); return 'done'; }),
  nestedChildren: async (event, ctx) => ctx.runInChildContext('a', async (a) => a.runInChildContext('b', async (b) => b.step('s', async () => 1))),
  largeChild: async (event, ctx) => { const text = await ctx.runInChildContext('large', async (inner) => { await inner.step('s', async () => 1); return 'x'.repeat(300000); }); await ctx.wait('pause', { seconds: 1 }); return text.length; },
  parallel: async (event, ctx) => (await ctx.parallel('par', [async (c) => c.step('x', async () => 1), async (c) => c.step('y', async () => 2)])).getResults(),
  parallelOneByOne: async (event, ctx) => (await ctx.parallel('par', [async () => 1, async () => 2], { maxConcurrency: 1 })).getResults(),
  map: async (event, ctx) => (await ctx.map('map', [1, 2, 3], async (c, item) => c.step('double', async () => item * 2), { maxConcurrency: 1 })).getResults(),
  emptyMap: async (event, ctx) => (await ctx.map('map', [], async (c, item) => item)).getResults(),
  waitForCondition: async (event, ctx) => ctx.waitForCondition('poll', async (state) => state + 1, { initialState: 0, waitStrategy: (state) => (state < 3 ? { shouldContinue: true, delay: { seconds: 1 } } : { shouldContinue: false }) }),
  callback: async (event, ctx) => { const [answer] = await ctx.createCallback('answer'); return answer; },
  callbackWithoutResult: async (event, ctx) => { const [answer] = await ctx.createCallback('answer'); return (await answer) ?? 'none'; },
  callbackFails: async (event, ctx) => { const [answer] = await ctx.createCallback('answer'); return answer; },
  callbackTimesOut: async (event, ctx) => { const [answer] = await ctx.createCallback('answer', { timeout: { seconds: 1 } }); return answer; },
  callbackSilent: async (event, ctx) => { const [answer] = await ctx.createCallback('answer', { heartbeatTimeout: { seconds: 1 } }); return answer; },
  waitForCallback: async (event, ctx) => ctx.waitForCallback('asked', async (id) => { if (typeof id !== 'string') throw new Error('no ID'); }),
  invokePlain: async (event, ctx) => ctx.invoke('call', 'plain', { n: 1 }),
  invokeFailing: async (event, ctx) => ctx.invoke('call', 'failing', { n: 1 }),
  promiseAll: async (event, ctx) => ctx.promise.all('all', [ctx.step('a', async () => 1), ctx.step('b', async () => 2)]),
  race: async (event, ctx) => ctx.promise.race('first', [ctx.step('fast', async () => 'fast'), ctx.wait('slow', { seconds: 3 })]),
};
exports.names = Object.keys(workflows);
for (const [name, run] of Object.entries(workflows)) exports[name] = durable(run);
exports.plain = async (event) => ({ plain: event });
exports.failing = async () => { throw new RangeError('chained'); };
exports.sleeps = durable(async (event, ctx) => { await ctx.wait('long', { seconds: 3600 }); });
exports.changes = durable(async (event, ctx) => { await ctx.step('NAME', async () => 1); await ctx.wait('pause', { seconds: 1 }); });
exports.asks = durable(async (event, ctx) => ctx.waitForCallback('asked', async () => undefined, { timeout: { minutes: 5 } }));
exports.chain = durable(async (event, ctx) => ctx.invoke('call', event.target, { from: 'chain' }));
exports.kid = durable(async (event, ctx) => { await ctx.wait('short', { seconds: 1 }); return { kid: event }; });
exports.large = durable(async () => 'x'.repeat(6291420));
exports.many = durable(async (event, ctx) => {
  for (let n = 0; n < event.count; n++) await ctx.step('s' + n, async () => n);
  await ctx.wait('pause', { seconds: 1 });
  return event.count;
});
`;

/** What ends the callbacks of a workflow. */
export const CALLBACKS: Readonly<Record<string, 'succeed' | 'succeedEmpty' | 'fail'>> = {
  callback: 'succeed',
  callbackWithoutResult: 'succeedEmpty',
  callbackFails: 'fail',
  waitForCallback: 'succeed',
};

/** The result and the error that callbacks end with. */
export const CALLBACK_RESULT = '{"approved":true}';
export const CALLBACK_ERROR = { ErrorType: 'Denied', ErrorMessage: 'not allowed' };

/**
 * Runs the workflows with the SDK's local runner. Prints one line of JSON for each: its end, its operations, and its history.
 */
export const LOCAL_RUNNER = `const { LocalDurableTestRunner, WaitingOperationStatus } = require('@aws/durable-execution-sdk-js-testing');
const handlers = require('./handlers.js');
const { callbacks, result, error, event } = JSON.parse(process.argv[2]);
(async () => {
  await LocalDurableTestRunner.setupTestEnvironment({ skipTime: false });
  for (const name of handlers.names) {
    const runner = new LocalDurableTestRunner({ handlerFunction: handlers[name] });
    runner.registerFunction('plain', handlers.plain);
    runner.registerFunction('failing', handlers.failing);
    const running = runner.run({ payload: event });
    const how = callbacks[name];
    if (how !== undefined) {
      const operation = name === 'waitForCallback' ? runner.getOperation('asked') : runner.getOperation('answer');
      await operation.waitForData(name === 'waitForCallback' ? WaitingOperationStatus.SUBMITTED : WaitingOperationStatus.STARTED);
      if (how === 'succeed') await operation.sendCallbackSuccess(result);
      else if (how === 'fail') await operation.sendCallbackFailure(error);
      else await operation.sendCallbackSuccess();
    }
    const ended = await running;
    let value;
    try { value = ended.getResult(); } catch { value = undefined; }
    let failure;
    try { failure = ended.getError(); } catch { failure = undefined; }
    const operations = ended.getOperations().map((each) => [each.getType(), each.getSubType(), each.getName(), each.getStatus()]);
    const events = ended.getHistoryEvents().map(({ EventType, Name, SubType }) => [EventType, SubType, Name]);
    console.log('ROW ' + JSON.stringify({ name, status: ended.getStatus(), value, failure, operations, events }));
  }
  await LocalDurableTestRunner.teardownTestEnvironment();
  process.exit(0);
})().catch((error) => { console.error(error); process.exit(1); });
`;
