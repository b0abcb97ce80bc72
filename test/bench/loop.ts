// Measures the host's overhead per invocation: runInvocation, compared with the bare SDK and a bare POST, in a loop.
// Runs in VS Code's version of Node.js and prints the medians as JSON.
import { Agent, request } from 'node:http';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { createKnownFunctions } from '../../src/core/functions/knownFunctions.ts';
import { runInvocation, type RunDependencies } from '../../src/app/runInvocation.ts';
import type { Aws } from '../../src/core/connection/aws.ts';
import { toPayload } from '../../src/core/invocation/payload.ts';
import { interleaved, timed } from './measure.ts';
import { NO_PROMPTS } from '../support/noPrompts.ts';

const [endpoint = ''] = process.argv.slice(2);
const { createAws } = (await import(pathToFileURL(resolve('dist/aws/index.mjs')).href)) as {
  createAws: (environment: NodeJS.ProcessEnv) => Aws;
};

const keys = { accessKeyId: 'BENCH', secretAccessKey: 'bench' };
const aws = createAws({});
const client = new LambdaClient({ endpoint, region: 'eu-west-1', credentials: keys, maxAttempts: 1 });
const agent = new Agent({ keepAlive: true });

/** An object with one long string, such as a file in base64. */
function textOf(bytes: number): Uint8Array {
  return Buffer.from(`{"body":"${'x'.repeat(bytes - 11)}"}`);
}

/** Many small objects, which take longest to validate. */
function recordsOf(bytes: number): Uint8Array {
  const record = '{"id":12345,"name":"Ada Lovelace","text":"a text of some length, as events have it","isNew":true},';
  return Buffer.from(`[${record.repeat(Math.floor(bytes / record.length))}null]`);
}

function bare(body: Uint8Array): Promise<number> {
  return new Promise((done, fail) => {
    const sent = request(`${endpoint}/2015-03-31/functions/echo/invocations`, { method: 'POST', agent }, (response) => {
      const parts: Buffer[] = [];
      response.on('data', (part: Buffer) => parts.push(part));
      response.on('end', () => done(Buffer.concat(parts).byteLength));
    });
    sent.on('error', fail);
    sent.end(body);
  });
}

async function sdk(body: Uint8Array): Promise<number> {
  const { Payload } = await client.send(new InvokeCommand({ FunctionName: 'echo', LogType: 'Tail', Payload: body }));
  return Payload?.byteLength ?? 0;
}

async function lambdaInvoke(body: Uint8Array): Promise<number> {
  const dependencies: RunDependencies = {
    readPayload: () => Promise.resolve(toPayload(body)),
    ...NO_PROMPTS,
    target: () => Promise.resolve({ kind: 'local', address: { endpoint, ...keys } }),
    invoke: aws.invoke,
    maxRetries: () => 0,
    knownFunctions: createKnownFunctions(),
  };
  const invocation = {
    FunctionName: 'echo',
    InvocationType: 'RequestResponse',
    LogType: 'Tail',
    payload: { kind: 'typed', text: '' },
  } as const;
  const order = { invocation, connection: { kind: 'local' } } as const;
  const { outcome, Payload } = await runInvocation(order, dependencies, { signal: new AbortController().signal });
  if (outcome.state !== 'succeeded') throw new Error(JSON.stringify(outcome));
  return Payload?.byteLength ?? 0;
}

async function medians(body: Uint8Array, { warmUp, rounds }: { warmUp: number; rounds: number }) {
  const measured = (send: (sent: Uint8Array) => Promise<number>) => async () => {
    let received = 0;
    const ms = await timed(async () => {
      received = await send(body);
    });
    if (received === 0) throw new Error('no response');
    return ms;
  };
  const cases = { bare: measured(bare), sdk: measured(sdk), lambdaInvoke: measured(lambdaInvoke) };
  await interleaved(warmUp, cases);
  return interleaved(rounds, cases);
}

const MAX = 6 * 1024 * 1024;
const small = await medians(textOf(1024), { warmUp: 300, rounds: 1500 });
const text = await medians(textOf(MAX), { warmUp: 5, rounds: 60 });
const records = await medians(recordsOf(MAX - 100), { warmUp: 5, rounds: 40 });
console.log(JSON.stringify({ small, text, records }));
process.exit();
