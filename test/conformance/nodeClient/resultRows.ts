import { asyncRow, type NodeRow } from './nodeRow.ts';

/** AWS's client creates the error in the log while the handler runs. */
const FRAMES_DIFFER = { logDiffers: 'ours has no frames of the handler' };

function callback(name: string, body: string, more: Partial<NodeRow> = {}): NodeRow {
  return {
    name: `callback: ${name}`,
    files: `exports.handler = (event, context, callback) => { ${body} };`,
    versions: [3],
    environment: { AWS_LAMBDA_NODEJS_DISABLE_CALLBACK_WARNING: '1' },
    ...more,
  };
}

function sync(name: string, body: string, more: Partial<NodeRow> = {}): NodeRow {
  return { name, files: `exports.handler = (event, context) => { ${body} };`, ...more };
}

/** Results, errors and the context object. */
export const RESULT_ROWS: readonly NodeRow[] = [
  asyncRow('a result', 'return { a: [1, "ü", null], b: undefined };'),
  asyncRow('no result', ''),
  asyncRow('a function in the result', 'return { f() {} };'),
  asyncRow('a function as result', 'return () => 1;'),
  asyncRow('a result whose toJSON returns nothing', 'return { toJSON() {} };'),
  sync('a result that is returned without async', 'return { a: 1 };'),
  sync('no result without async', ''),
  sync('a promise without async', 'return Promise.resolve({ a: 1 });'),
  sync('a thenable', 'return { then(done) { done({ a: 1 }); } };', { versions: [4] }),
  asyncRow(
    'the context object',
    'const values = { ...context, awsRequestId: 0, invokedFunctionArn: 0, logStreamName: 0, functionName: 0, logGroupName: 0, xRayTraceId: 0 }; return { keys: Object.keys(context).sort(), values: Object.entries(values).sort() };',
  ),
  asyncRow('a BigInt as result', 'return 1n;'),
  asyncRow('a circular result', 'const a = {}; a.a = a; return a;'),
  asyncRow('an Error', 'throw new RangeError("broken");'),
  asyncRow(
    'an Error with fields and a cause',
    'throw Object.assign(new Error("broken", { cause: new TypeError("why") }), { code: "E1", inner: new RangeError("deep") });',
  ),
  asyncRow('an error class', 'class OrderRejected extends Error {}; throw new OrderRejected("broken");'),
  asyncRow(
    'an error class with a name',
    'class OrderRejected extends Error { name = "Own"; }; throw new OrderRejected("broken");',
  ),
  asyncRow('an Error without stack', 'const e = new Error("broken"); delete e.stack; throw e;'),
  asyncRow('an Error without message', 'throw new Error();'),
  asyncRow('an Error whose message is an object', 'throw Object.assign(new Error(), { message: {} });'),
  asyncRow('an Error with a circle', 'const e = new Error("broken"); e.e = e; throw e;'),
  asyncRow('an Error of another realm', 'require("vm").runInNewContext("throw new TypeError(1)");'),
  asyncRow('an object that looks like an error', 'throw { name: "Own", message: "broken", stack: "Own: broken" };'),
  asyncRow('text', 'throw "broken";'),
  asyncRow('a number', 'throw 5;'),
  asyncRow('an object', 'throw { a: 1 };'),
  asyncRow('nothing', 'throw undefined;'),
  asyncRow('null', 'throw null;'),
  asyncRow('a symbol', 'throw Symbol("broken");'),
  asyncRow('an object without text', 'throw Object.create(null);', {
    logDiffers: "Node.js prints a line of the runtime's code",
  }),
  asyncRow('a delete character in a message', 'throw new Error("a\\x7fb");'),
  sync('an Error without async', 'throw new Error("broken");'),
  sync('nothing, thrown without async', 'throw undefined;'),
  asyncRow('a promise that is never settled', 'return new Promise(() => undefined);', {
    isNewer: 'Runtime.NodeJsExit',
  }),
  sync('a promise that is never settled, without async', 'return new Promise(() => undefined);'),
  sync(
    'an uncaught exception',
    'setTimeout(() => { throw new RangeError("late"); }, 5); return new Promise(() => undefined);',
    { versions: [3] },
  ),
  sync(
    'an uncaught exception that ends the process',
    'setTimeout(() => { throw new RangeError("late"); }, 5); return new Promise(() => undefined);',
    { versions: [4], logDiffers: 'Node.js prints its own version' },
  ),
  sync(
    'an unhandled rejection',
    'void Promise.reject(new RangeError("late")); return new Promise((done) => setTimeout(done, 500));',
    { traceDiffers: 'ours has the frames of the reason', logDiffers: 'ours has the frames of the reason' },
  ),
  sync(
    'an unhandled rejection with text',
    'void Promise.reject("late"); return new Promise((done) => setTimeout(done, 500));',
    {},
  ),
  asyncRow(
    'a rejection that nothing handles when the handler returns',
    'const lost = Promise.reject(new RangeError("lost")); setTimeout(() => lost.catch(() => 0), 20); return 1;',
    { logDiffers: 'the local endpoint ends the invocation of a custom runtime with its response' },
  ),
  asyncRow(
    'a listener of the function for uncaught exceptions',
    'process.on("uncaughtException", () => console.log("own")); setTimeout(() => { throw new Error("late"); }, 5); await new Promise((done) => setTimeout(done, 500));',
  ),
  asyncRow('the main module', 'return typeof require.main;'),
  asyncRow('a JSON line of an error of the runtime', 'return { toJSON() { throw new Error("broken"); } };', {
    logFormat: 'JSON',
  }),
  asyncRow('the exit of the process', 'process.exit(3);'),
  asyncRow(
    'the invoke store',
    'return awslambda.InvokeStore ? { id: awslambda.InvokeStore.getRequestId() === context.awsRequestId, keys: Object.keys(awslambda).sort() } : null;',
  ),
  asyncRow('no global', 'return typeof awslambda;', { environment: { AWS_LAMBDA_NODEJS_NO_GLOBAL_AWSLAMBDA: 'true' } }),
  callback('a result', 'callback(null, { a: 1 });'),
  callback('an error', 'callback(new RangeError("broken"));'),
  callback('text as error', 'callback("broken");', FRAMES_DIFFER),
  callback('two results', 'callback(null, 1); callback(null, 2);'),
  callback('a result and then an error', 'callback(null, 1); callback(new Error("late"));'),
  callback(
    'a result after a timer',
    'setTimeout(callback, 5, null, 1); setTimeout(() => console.log("afterwards"), 30);',
  ),
  callback(
    'a result that does not wait',
    'context.callbackWaitsForEmptyEventLoop = false; setTimeout(() => console.log("afterwards"), 100); callback(null, 1);',
  ),
  callback('a result and a promise', 'callback(null, 1); return Promise.resolve(2);'),
  callback('no call', ''),
  callback('an error that is thrown after the result', 'callback(null, 1); throw new Error("late");'),
  callback('context.succeed', 'context.succeed(1);'),
  callback('context.done', 'context.done(null, 1);'),
  callback('context.fail', 'context.fail(new RangeError("broken"));'),
  callback('context.fail without a reason', 'context.fail();', FRAMES_DIFFER),
];
