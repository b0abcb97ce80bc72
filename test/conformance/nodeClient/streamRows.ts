import { streamRow, type NodeRow } from './nodeRow.ts';

const PRELUDE = 'out = awslambda.HttpResponseStream.from(out, { statusCode: 201, headers: { a: "b" } });';
/** AWS's client exits when its connection fails. Its last log lines and the error it reports vary. */
const FAILS = {
  traceDiffers: 'ours has the frames of the reason',
  logDiffers: 'AWS’s client exits while it logs',
};
const sleep = 'await new Promise((done) => setTimeout(done, 300));';

/** Streaming handlers. */
export const STREAM_ROWS: readonly NodeRow[] = [
  streamRow(
    'text and bytes',
    'out.write("a"); out.write(Buffer.from("b")); out.write(new Uint8Array([99])); out.end();',
  ),
  streamRow(
    'other values are written as JSON',
    'out.write({ a: 1 }); out.write(5); out.write(new Uint16Array([1])); out.end();',
  ),
  streamRow('end with a chunk', 'out.write("a"); out.end("b");'),
  streamRow('end without a chunk', 'out.end();'),
  streamRow('two ends', 'out.write("a"); out.end(); out.end();'),
  streamRow('a write of null', 'out.write(null); out.end();'),
  streamRow('a write of undefined', 'out.write(undefined); out.end();'),
  streamRow('the prelude', `${PRELUDE} out.write("body"); out.end();`),
  streamRow('the prelude without a body', `${PRELUDE} out.end();`),
  streamRow('the prelude with an empty body', `${PRELUDE} out.write(""); out.end();`),
  streamRow('the prelude and end with a chunk', `${PRELUDE} out.end("body");`),
  streamRow('an empty prelude', 'out = awslambda.HttpResponseStream.from(out); out.write("body"); out.end();'),
  streamRow('the prelude after a write', `out.write("a"); ${PRELUDE} out.end();`),
  streamRow(
    'the prelude of another stream',
    'awslambda.HttpResponseStream.from(new (require("stream").PassThrough)(), {}); out.end();',
  ),
  streamRow('a content type after a write', 'out.write("a"); out.setContentType("text/plain"); out.end();'),
  streamRow('an error before the first write', 'throw new RangeError("broken");'),
  streamRow('an error after a write', `out.write("a"); ${sleep} throw new RangeError("broken");`),
  streamRow('an error after the prelude', `${PRELUDE} throw new RangeError("broken");`),
  streamRow('an error after the end', `out.write("a"); out.end(); ${sleep} throw new RangeError("late");`, {
    logDiffers: 'the local endpoint ends the invocation of a custom runtime with its response',
  }),
  streamRow('an error right after the end', 'out.write("a"); out.end(); throw new RangeError("late");'),
  streamRow('a write right after the end', 'out.write("a"); out.end(); out.write("b");', FAILS),
  streamRow('a destroyed stream', `out.write("a"); ${sleep} out.destroy();`, FAILS),
  streamRow(
    'a stream that is destroyed with an error',
    `out.write("a"); ${sleep} out.destroy(new RangeError("broken"));`,
    FAILS,
  ),
  streamRow('a stream that is never ended', 'out.write("a");'),
  streamRow('a promise that is never settled', 'out.write("a"); await new Promise(() => undefined);'),
  streamRow('a return value', 'out.end(); return 1;'),
  streamRow('an end after a timer', 'setTimeout(() => { out.write("late"); out.end(); }, 20);'),
  streamRow('pipe', 'require("stream").Readable.from(["a", "b"]).pipe(out);'),
  streamRow('pipeline', 'await require("stream/promises").pipeline(require("stream").Readable.from(["a", "b"]), out);'),
  streamRow(
    'a pipeline that fails',
    'await require("stream/promises").pipeline(async function* () { yield "a"; throw new RangeError("broken"); }, out);',
    FAILS,
  ),
  streamRow('the keys of the stream', 'out.write(Object.getOwnPropertyNames(out).sort().join()); out.end();'),
  streamRow('the kind of the stream', 'out.write(String(out instanceof require("stream").Writable)); out.end();'),
  streamRow('the context object', 'out.write(Object.keys(context).sort().join()); out.end();'),
  {
    name: 'a streaming handler that is not async',
    files:
      'exports.handler = awslambda.streamifyResponse((event, out) => { out.write("a"); setTimeout(() => out.end(), 20); });',
    isStreamed: true,
  },
  {
    name: 'a streaming handler with a wrong mark',
    files:
      'exports.handler = Object.assign(async () => 1, { [Symbol.for("aws.lambda.runtime.handler.streaming")]: "request" });',
    versions: [4],
  },
  streamRow('a streaming handler, invoked without streaming', 'out.write("1"); out.end("2");', { isStreamed: false }),
];
