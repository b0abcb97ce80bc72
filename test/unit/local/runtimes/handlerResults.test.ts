import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTemporaryWorkspace, type TemporaryWorkspace } from '../../../support/temporaryWorkspace.ts';

const fails = (errorType: string, errorMessage: unknown) => ({
  FunctionError: 'Unhandled',
  result: { errorType, errorMessage },
});
const like = (pattern: RegExp): unknown => expect.stringMatching(pattern);
const exits = fails('Runtime.ExitError', like(/Runtime exited with error: exit status 1$/));
const unreadable = fails('handled', like(/^callback called with Error argument, but there was a problem/));

/** A handler, and its responses with nodejs22.x and nodejs24.x. Handlers with one response run only with nodejs22.x. */
const CASES: Readonly<Record<string, readonly [code: string, object, object?]>> = {
  'a value returned without async': ['() => 5', { result: null }, { result: 5 }],
  'a promise': ['() => Promise.resolve(5)', { result: 5 }, { result: 5 }],
  'a promise that never settles': [
    'async () => new Promise(() => undefined)',
    fails('Runtime.NodeJsExit', like(/most commonly caused by a Promise that was never settled/)),
    fails('Runtime.ExitError', like(/Runtime exited without providing a reason$/)),
  ],
  'a promise that never settles, without async': [
    '() => new Promise(() => undefined)',
    { result: null },
    fails('Runtime.ExitError', like(/Runtime exited without providing a reason$/)),
  ],
  'a result that can’t be serialized': [
    'async () => 1n',
    fails('Error', 'Unable to stringify response body'),
    fails('Runtime.JSONStringifyError', 'Unable to stringify response body'),
  ],
  'a function as result': [
    'async () => () => 1',
    fails('TypeError', 'Wrong arguments'),
    fails('TypeError', 'Wrong arguments'),
  ],
  'a rejection that nothing handles when the handler returns': [
    'async () => { const lost = Promise.reject(new RangeError("lost")); setTimeout(() => lost.catch(() => 0), 5); return 1; }',
    { result: 1 },
    { ...exits, log: like(/RangeError: lost\n/) },
  ],
  'a rejection that nothing handles when the handler fails': [
    'async () => { void Promise.reject(new RangeError("lost")); throw new TypeError("broken"); }',
    fails('TypeError', 'broken'),
    { ...exits, log: like(/RangeError: lost\n/) },
  ],
  'a listener of the function for uncaught exceptions': [
    `async () => {
      process.on("uncaughtException", () => console.log("of the function"));
      setTimeout(() => { throw new RangeError("late"); }, 5);
      await new Promise((done) => setTimeout(done, 500));
    }`,
    { ...fails('RangeError', 'late'), log: like(/^(?![^]*of the function)/) },
    { result: null, log: like(/\tINFO\tof the function\n/) },
  ],
  'an object without text that is thrown': [
    'async () => { throw Object.create(null); }',
    fails('TypeError', 'Cannot convert object to primitive value'),
    { ...exits, log: like(/^TypeError: Cannot convert object to primitive value\n/m) },
  ],
  'the main module': ['async () => typeof require.main', { result: 'undefined' }, { result: 'undefined' }],
  'a rejection without a reason': [
    'async () => { throw undefined; }',
    fails('string', 'handled'),
    fails('undefined', 'undefined'),
  ],
  'an error without stack': [
    'async () => { const e = new Error("e"); delete e.stack; throw e; }',
    unreadable,
    { result: { errorType: 'Error', errorMessage: 'e', trace: [] } },
  ],
  'an object that looks like an error': [
    'async () => { throw { name: "Own", message: "e", stack: "Own: e" }; }',
    { result: { errorType: 'Own', errorMessage: 'e', trace: ['Own: e'] } },
    { result: { errorType: 'object', errorMessage: '[object Object]', trace: [] } },
  ],
  'an uncaught exception': [
    'async () => { setTimeout(() => { throw new RangeError("late"); }, 5); await new Promise(() => undefined); }',
    { ...fails('RangeError', 'late'), log: like(/Uncaught Exception \t\{"errorType":"RangeError"/) },
    { ...exits, log: like(/RangeError: late\n/) },
  ],
  'an unhandled rejection': [
    'async () => { void Promise.reject(new RangeError("late")); await new Promise((d) => setTimeout(d, 5000)); }',
    {
      ...fails('Runtime.UnhandledPromiseRejection', 'RangeError: late'),
      log: like(/Unhandled Promise Rejection \t\{.*"reason":\{"errorType":"RangeError"/),
    },
    exits,
  ],
  'the first callback': ['(event, context, callback) => { callback(null, 1); callback(null, 2); }', { result: 1 }],
  'a callback before the promise': [
    '(event, context, callback) => { callback(null, 1); return Promise.resolve(2); }',
    { result: 1 },
  ],
  'context.fail without a reason': ['(event, context) => context.fail()', fails('string', 'handled')],
  'a context without callbacks': [
    'async (event, context) => typeof context.succeed',
    { result: 'function' },
    { result: 'undefined' },
  ],
  'the trace ID in the context': [
    'async (event, context) => typeof context.xRayTraceId',
    { result: 'undefined' },
    { result: 'string' },
  ],
  'the invoke store': [
    'async (event, context) => awslambda.InvokeStore?.getRequestId() === context.awsRequestId',
    { result: false },
    { result: true },
  ],
};

const NAMES = Object.keys(CASES);

let workspace: TemporaryWorkspace;

beforeAll(async () => {
  const files = Object.values(CASES).map(([code], index) => [`f${index}.js`, `exports.handler = ${code};`] as const);
  const functions = NAMES.flatMap((_, index) =>
    ['22', '24'].map((major) => {
      const definition = { handler: `f${index}.handler`, runtime: `nodejs${major}.x`, timeout: 30 };
      return [`f${index}-${major}`, definition] as const;
    }),
  );
  workspace = await startTemporaryWorkspace(Object.fromEntries(files), Object.fromEntries(functions));
});

afterAll(() => workspace.close());

describe('nodejs22.x returns as on Lambda', () => {
  test.each(NAMES)('%s', async (name) => {
    expect(await workspace.invoke(`f${NAMES.indexOf(name)}-22`)).toMatchObject(CASES[name]?.[1] ?? {});
  });
});

describe('nodejs24.x returns as on Lambda', () => {
  test.each(NAMES.filter((name) => CASES[name]?.[2] !== undefined))('%s', async (name) => {
    expect(await workspace.invoke(`f${NAMES.indexOf(name)}-24`)).toMatchObject(CASES[name]?.[2] ?? {});
  });
});
