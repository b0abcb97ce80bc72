import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createAws } from '../../src/aws/index.ts';
import { isInvokeError, type ServiceException } from '../../src/core/outcome/invokeError.ts';
import type { InvokeRequest } from '../../src/core/invocation/invokeRequest.ts';
import { decodeLogResult } from '../../src/core/outcome/logTail.ts';
import { LocalEndpoint } from '../../src/local/http/localEndpoint.ts';
import { LOCAL_RUNTIMES } from './localRuntimes.ts';

export const LOCAL_KEYS = { accessKeyId: 'LOCALTEST', secretAccessKey: 'secret' };

/** Functions in addition to those of the sample workspace. */
const FUNCTIONS = {
  exits: { handler: 'more.exits' },
  undefinedReturn: { handler: 'more.returnsNothing' },
  callback: { handler: 'more.callback' },
  never: { handler: 'more.never' },
  huge: { handler: 'more.huge', timeout: 10, memorySize: 512 },
  missing: { handler: 'nowhere.handler' },
  noExport: { handler: 'more.nothing' },
  rejects: { handler: 'more.rejectsText' },
  prints: { handler: 'more.prints' },
  edited: { handler: 'edited/index.handler' },
  crashes: { handler: 'more.crashes' },
  library: { handler: 'edited/usesLibrary.handler' },
  streams: { handler: 'more.streams' },
  streamsMuch: { handler: 'more.streamsMuch', timeout: 30 },
  streamsAndThrows: { handler: 'more.streamsAndThrows' },
  throwsAtOnce: { handler: 'more.throwsAtOnce' },
  streamsTooLong: { handler: 'more.streamsTooLong', timeout: 1 },
  crashesInStream: { handler: 'more.crashesInStream', timeout: 30 },
  writesMuchAndThrows: { handler: 'more.writesMuchAndThrows', timeout: 30 },
  throwsMuch: { handler: 'more.throwsMuch', timeout: 30 },
  notAsync: { handler: 'more.notAsync', timeout: 30 },
  pipes: { handler: 'more.pipes' },
  environment: { handler: 'more.environment', environment: { OWN: 'value' } },
};

const CODE = `exports.exits = async () => process.exit(3);
     exports.returnsNothing = async () => undefined;
     exports.callback = (event, context, callback) => setTimeout(() => callback(null, { by: 'callback' }), 5);
     exports.never = () => {};
     exports.huge = async () => 'x'.repeat(6291557);
     exports.rejectsText = async () => { throw 'a text'; };
     exports.prints = async () => { process.stdout.write('no line end'); process.stderr.write('err\\n'); };
     exports.crashes = async ({ crash }) => {
       if (!crash) return 'fine';
       setTimeout(() => { throw new TypeError('late'); });
       return new Promise(() => {});
     };
     const stream = (handler) => awslambda.streamifyResponse(handler);
     const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
     exports.streams = stream(async ({ parts, everyMs }, out, { awsRequestId }) => {
       out.setContentType('text/plain');
       console.log('streaming for', awsRequestId);
       for (const part of parts) { out.write(part); await sleep(everyMs); }
       out.end();
     });
     exports.streamsMuch = stream(async ({ megabytes }, out) => {
       for (let n = 0; n < megabytes; n++) {
         if (!out.write(Buffer.alloc(1048576, n))) await require('node:events').once(out, 'drain');
       }
       out.end();
     });
     exports.streamsAndThrows = stream(async (event, out) => {
       out.write('before');
       await sleep(50);
       throw new RangeError('in the middle');
     });
     exports.throwsAtOnce = stream(async () => { throw new TypeError('at once'); });
     exports.streamsTooLong = stream(async (event, out) => { out.write('begun'); await sleep(5000); out.end(); });
     exports.crashesInStream = stream(async (event, out) => {
       out.write('begun');
       setTimeout(() => { throw new Error('boom'); }, 20);
       await sleep(4000);
     });
     exports.writesMuchAndThrows = stream(async (event, out) => {
       for (let n = 0; n < 100; n++) out.write(Buffer.alloc(100000, 97));
       await sleep(1);
       throw new Error('after much');
     });
     exports.throwsMuch = stream(async (event, out) => {
       out.write('begun');
       await sleep(50);
       throw new Error('x'.repeat(300000));
     });
     exports.notAsync = stream((event, out) => { setTimeout(() => { out.write('late'); out.end(); }, 50); });
     exports.pipes = stream(async (event, out) => { require('node:stream').Readable.from(['a', 'b']).pipe(out); });
     exports.environment = async () => ({ own: process.env.OWN, names: Object.keys(process.env) });`;

const nothing = () => Promise.resolve();

/** The sample workspace with more functions, and a local endpoint that runs them. */
export async function startLocalWorkspace() {
  const folder = await mkdtemp(join(tmpdir(), 'li-local-'));
  await cp('test/workspace', folder, { recursive: true });
  const file = join(folder, '.vscode/lambda-invoke.json');
  const text = await readFile(file, 'utf8');
  const more = `"localFunctions": {${JSON.stringify(FUNCTIONS).slice(1, -1)},`;
  await writeFile(file, text.replace('"localFunctions": {', more));
  await writeFile(join(folder, 'more.js'), CODE);
  const endpoint = new LocalEndpoint({
    keys: LOCAL_KEYS,
    folders: [folder],
    ...LOCAL_RUNTIMES,
  });
  const url = await endpoint.listen();
  const aws = createAws({});
  const target = { kind: 'local', address: { endpoint: url, ...LOCAL_KEYS } } as const;

  /** Sends with the SDK. */
  function send(
    FunctionName: string,
    event: unknown,
    fields: Partial<InvokeRequest>,
    onChunk: (bytes: Uint8Array) => Promise<void> = nothing,
  ) {
    const Payload = event === undefined ? new Uint8Array() : new TextEncoder().encode(JSON.stringify(event));
    const request: InvokeRequest = {
      FunctionName,
      InvocationType: 'RequestResponse',
      LogType: 'Tail',
      Payload,
      ...fields,
    };
    return aws.invoke(request, { target, signal: new AbortController().signal, onChunk });
  }

  return {
    folder,
    url,
    /** Invokes with the SDK and decodes the response. */
    async invoke(FunctionName: string, event?: unknown, fields: Partial<InvokeRequest> = {}) {
      const answer = await send(FunctionName, event, fields);
      const logTail = answer.LogResult === undefined ? undefined : decodeLogResult(answer.LogResult);
      const body = new TextDecoder().decode(answer.Payload);
      const result: unknown = body === '' ? undefined : JSON.parse(body);
      return { ...answer, log: logTail?.text ?? '', isTruncated: logTail?.isTruncated, result };
    },
    invokeRaw: (FunctionName: string, event: unknown) => send(FunctionName, event, {}),
    dryStream: (FunctionName: string) =>
      send(FunctionName, {}, { InvocationType: 'DryRun', InvokeMode: 'RESPONSE_STREAM' }),
    /** Invokes with a streamed response. Each part has its time of arrival, in milliseconds. */
    async stream(FunctionName: string, event: unknown = {}, onChunk: (bytes: Uint8Array) => Promise<void> = nothing) {
      const parts: { readonly text: string; readonly at: number }[] = [];
      const start = performance.now();
      const answer = await send(FunctionName, event, { InvokeMode: 'RESPONSE_STREAM' }, (bytes) => {
        if (bytes.byteLength < 1000)
          parts.push({ text: new TextDecoder().decode(bytes), at: performance.now() - start });
        return onChunk(bytes);
      });
      return { ...answer, parts, log: decodeLogResult(answer.LogResult ?? '')?.text ?? '' };
    },
    async close() {
      endpoint.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

export type LocalWorkspace = Awaited<ReturnType<typeof startLocalWorkspace>>;

/** The exception that an invocation was rejected with. */
export async function refusal(sent: Promise<unknown>): Promise<ServiceException | undefined> {
  const error: unknown = await sent.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!isInvokeError(error)) throw new Error(`not rejected: ${String(error)}`);
  return error.exception;
}
