import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readEventStream } from '../../../support/readEventStream.ts';
import { signedInvoke } from '../../../support/signedInvoke.ts';
import { startTemporaryWorkspace, type TemporaryWorkspace } from '../../../support/temporaryWorkspace.ts';

const FROM = 'out = awslambda.HttpResponseStream.from(out, { statusCode: 201 });';
const PRELUDE = '{"statusCode":201}\0\0\0\0\0\0\0\0';
const TOO_LATE = { errorType: 'Runtime.InvalidStreamingOperation', errorMessage: 'Cannot set content-type, too late.' };
const timedOut = { errorType: 'Sandbox.Timedout' };

/** The code of a handler, and its response: text, and the error that follows it. */
const CASES: Readonly<Record<string, readonly [code: string, text: string, error?: object]>> = {
  'writes text, bytes, and other values as JSON': [
    'out.write("a"); out.write(Buffer.from("b")); out.write(new Uint8Array([99])); out.write({ d: 1 }); out.end();',
    'abc{"d":1}',
  ],
  'ends with a chunk': ['out.write("a"); out.end("b");', 'ab'],
  'writes the prelude with the first byte': [`${FROM} out.write("a"); out.write("b"); out.end();`, `${PRELUDE}ab`],
  'has no prelude without a write': [`${FROM} out.end();`, ''],
  'has no prelude if the only chunk is that of end': [`${FROM} out.end("a");`, 'a'],
  'sets the prelude too late': [`out.write("a"); ${FROM} out.end();`, 'a', TOO_LATE],
  'sets the content type too late': ['out.write("a"); out.setContentType("text/plain"); out.end();', 'a', TOO_LATE],
  'sets the prelude of another stream': [
    'awslambda.HttpResponseStream.from({}, {}); out.end();',
    '',
    { errorType: 'TypeError', errorMessage: 'underlyingStream.setContentType is not a function' },
  ],
  'writes null': ['out.write(null);', '', { errorType: 'TypeError' }],
  'fails before the first write': ['throw new RangeError("e");', '', { errorType: 'RangeError', errorMessage: 'e' }],
  'fails before the prelude is written': [`${FROM} throw new RangeError("e");`, '', { errorType: 'RangeError' }],
  'fails after the end': ['out.end("a"); throw new RangeError("e");', 'a'],
  'never ends its stream': ['out.write("a");', 'a', timedOut],
  'never ends its stream, and writes nothing': ['', '', timedOut],
  'waits forever': ['out.write("a"); await new Promise(() => undefined);', 'a', timedOut],
  'ends its stream later': ['setTimeout(() => out.end("late"), 20);', 'late'],
  'pipes another stream': ['require("stream").Readable.from(["a", "b"]).pipe(out);', 'ab'],
  'uses a pipeline': [
    'await require("stream/promises").pipeline(require("stream").Readable.from(["a", "b"]), out);',
    'ab',
  ],
  'checks whether its stream is a Writable': ['out.end(String(out instanceof require("stream").Writable));', 'false'],
  'reads the high-water mark': ['out.end(String(out.writableHighWaterMark));', '1000'],
};

const NAMES = Object.keys(CASES);
let workspace: TemporaryWorkspace;

beforeAll(async () => {
  const code = Object.values(CASES).map(
    ([body], index) =>
      `exports.f${index} = awslambda.streamifyResponse(async (event, out) => { ${body} }, { highWaterMark: 1000 });`,
  );
  const more = `
    exports.returns = awslambda.streamifyResponse(async (event, out) => { out.end(); return 1; });
    exports.marked = Object.assign(async () => 1, { [Symbol.for('aws.lambda.runtime.handler.streaming')]: 'request' });
    exports.global = async () => typeof awslambda;`;
  const define = (name: string, major: number, timeout = 30) =>
    [`${name}-${major}`, { handler: `index.${name}`, runtime: `nodejs${major}.x`, timeout }] as const;
  const functions = Object.values(CASES).flatMap(([, , error], index) =>
    [22, 24].map((major) => define(`f${index}`, major, error === timedOut ? 1 : 30)),
  );
  workspace = await startTemporaryWorkspace(
    { 'index.js': code.join('\n') + more, 'plain.js': 'exports.handler = async () => typeof awslambda;' },
    {
      ...Object.fromEntries([...functions, define('returns', 22), define('marked', 22)]),
      withoutGlobal: { handler: 'plain.handler', environment: { AWS_LAMBDA_NODEJS_NO_GLOBAL_AWSLAMBDA: '1' } },
    },
  );
});

afterAll(() => workspace.close());

describe.each([22, 24])('a streaming handler of nodejs%i.x', (major) => {
  test.each(NAMES)('%s', async (name) => {
    const [, text, error] = CASES[name] ?? [];
    const url = workspace.url;
    const response = await signedInvoke({ url, name: `f${NAMES.indexOf(name)}-${major}`, isStreamed: true });
    const { body, error: actual } = await readEventStream(response);
    expect(body.toString()).toBe(text);
    expect([actual]).toMatchObject([error]);
  });
});

test('the return value of a streaming handler is ignored with a warning', async () => {
  expect((await workspace.invoke('returns-22')).log).toContain('\tWARN\tStreaming handlers ignore return values.\n');
});

test('only response streaming is supported', async () => {
  expect((await workspace.invoke('marked-22')).result).toMatchObject({
    errorType: 'Runtime.MalformedStreamingHandler',
    errorMessage: 'Only response streaming is supported.',
  });
});

test('AWS_LAMBDA_NODEJS_NO_GLOBAL_AWSLAMBDA removes the global', async () => {
  expect((await workspace.invoke('withoutGlobal')).result).toBe('undefined');
});
