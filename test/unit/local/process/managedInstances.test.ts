import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runInvocation } from '../../../../src/app/runInvocation.ts';
import { checkEnded, expectationOf } from '../../../../src/app/testing/runTest.ts';
import { createAws } from '../../../../src/aws/index.ts';
import { createKnownFunctions } from '../../../../src/core/functions/knownFunctions.ts';
import type { LocalFunctionsView } from '../../../../src/core/functions/localFunctionView.ts';
import type { Invocation } from '../../../../src/core/invocation/invocation.ts';
import { toSentence } from '../../../../src/core/messages/messages.ts';
import { readWholeLog } from '../../../../src/host/functions/wholeLog.ts';
import { LocalEndpoint } from '../../../../src/local/http/localEndpoint.ts';
import { LOCAL_RUNTIMES } from '../../../support/localRuntimes.ts';
import { LOCAL_KEYS } from '../../../support/localWorkspace.ts';

const TEMPLATE = `Transform: AWS::Serverless-2016-10-31
Globals:
  Function: { Runtime: nodejs22.x, Timeout: 5400 }
Resources:
  Batch:
    Type: AWS::Serverless::Function
    Properties:
      Handler: index.handler
      CapacityProviderConfig: { Arn: !GetAtt Provider.Arn, PerExecutionEnvironmentMaxConcurrency: 64 }
`;

const CODE = `const { writeFileSync } = require('node:fs');
exports.handler = async ({ file }, context) => {
  console.log('working');
  const { AWS_LAMBDA_INITIALIZATION_TYPE: type, AWS_LAMBDA_FUNCTION_VERSION: version } = process.env;
  const result = { seconds: context.getRemainingTimeInMillis() / 1000, memory: context.memoryLimitInMB, type, version };
  if (file !== undefined) writeFileSync(file, JSON.stringify(result));
  return result;
};`;

let folder: string;
let endpoint: LocalEndpoint;
let address: { endpoint: string; accessKeyId: string; secretAccessKey: string };
const aws = createAws({});
const { signal } = new AbortController();
const knownFunctions = createKnownFunctions();

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'li-managed-'));
  await writeFile(join(folder, 'template.yaml'), TEMPLATE);
  await writeFile(join(folder, 'index.js'), CODE);
  await mkdir(join(folder, '.vscode'));
  const localFunctions = { listed: { handler: 'index.handler', managedInstances: true, timeout: 5400 } };
  await writeFile(join(folder, '.vscode/lambda-invoke.json'), JSON.stringify({ localFunctions }));
  endpoint = new LocalEndpoint({ keys: LOCAL_KEYS, folders: [folder], ...LOCAL_RUNTIMES });
  address = { endpoint: await endpoint.listen(), ...LOCAL_KEYS };
});

afterAll(async () => {
  endpoint.close();
  await rm(folder, { recursive: true, force: true });
});

async function invoke(fields: Partial<Invocation> & { readonly FunctionName: string }, event: object = {}) {
  const payload = { kind: 'typed', text: JSON.stringify(event) } as const;
  const { outcome, Payload } = await runInvocation(
    { invocation: { InvocationType: 'RequestResponse', ...fields, payload }, connection: { kind: 'local' } },
    {
      readPayload: () => Promise.resolve({ bytes: new TextEncoder().encode(payload.text), notes: [] }),
      confirm: () => Promise.resolve(true),
      signIn: () => Promise.resolve(false),
      target: () => Promise.resolve({ kind: 'local', address }),
      maxRetries: () => 0,
      knownFunctions,
      invoke: (request, options) => aws.invoke(request, options),
    },
    { signal },
  );
  return { outcome, result: JSON.parse(new TextDecoder().decode(Payload) || 'null') as Record<string, unknown> };
}

test.each(['Batch', 'listed'])(
  '%s runs $LATEST.PUBLISHED with 2 GB, at most 15 minutes if synchronous',
  async (name) => {
    const { outcome, result } = await invoke({ FunctionName: name });
    expect(outcome).toMatchObject({ ExecutedVersion: '$LATEST.PUBLISHED' });
    expect(result).toMatchObject({
      memory: '2048',
      type: 'lambda-managed-instances',
      version: '$LATEST.PUBLISHED',
    });
    expect(result['seconds']).toBeGreaterThan(850);
    expect(result['seconds']).toBeLessThanOrEqual(900);
  },
);

test('an asynchronous invocation has the whole timeout', async () => {
  const file = join(folder, 'event.json');
  expect((await invoke({ FunctionName: 'Batch', InvocationType: 'Event' }, { file })).outcome.state).toBe('accepted');
  await endpoint.control({ what: 'eventsEnd' });
  const { seconds } = JSON.parse(await readFile(file, 'utf8')) as { seconds: number };
  expect(seconds).toBeGreaterThan(5300);
  expect(seconds).toBeLessThanOrEqual(5400);
});

test('$LATEST.PUBLISHED can be named', async () => {
  const { outcome } = await invoke({ FunctionName: 'Batch', Qualifier: '$LATEST.PUBLISHED' });
  expect(outcome).toMatchObject({ state: 'succeeded', ExecutedVersion: '$LATEST.PUBLISHED' });
});

test('a log tail is rejected as by Lambda, and the whole log is in JSON', async () => {
  const refused = { FunctionName: 'listed', LogType: 'Tail' } as const;
  const { outcome: first } = await invoke(refused);
  expect(first).toMatchObject({ state: 'succeeded', attempts: 2, isTailOmitted: true });
  const { outcome } = await invoke(refused);
  expect(outcome).not.toHaveProperty('attempts');
  expect(outcome).not.toHaveProperty('logTail');
  const log = await readWholeLog({ askIfRunning: (request) => endpoint.control(request) }, outcome);
  const lines = (log ?? '').trim().split('\n');
  const entries = lines.map((line) => JSON.parse(line) as { readonly type?: string; readonly message?: string });
  expect(entries.map(({ type, message }) => type ?? message)).toEqual(['platform.start', 'working', 'platform.report']);
});

test('a test checks the figures of the whole log', async () => {
  const order = { invocation: {} as Invocation, connection: { kind: 'local' } } as const;
  const { outcome } = await invoke({ FunctionName: 'listed', LogType: 'Tail' });
  const expectation = expectationOf('{"maxDurationMs": 60000, "maxMemoryMB": 1}');
  const wholeLog = () => readWholeLog({ askIfRunning: (request) => endpoint.control(request) }, outcome);
  const ended = { invocationId: 'a', order, result: { outcome } };
  const failures = await checkEnded(ended, expectation, { files: undefined, wholeLog });
  expect(failures.map(({ message: reason }) => reason.code)).toEqual(['testMemory']);
});

test('the list names the difference to the deployed function', async () => {
  const { functions } = (await endpoint.control({ what: 'functions' })) as LocalFunctionsView;
  const notes = functions.map(({ name, notes: own }) => [name, own.map((note) => toSentence(note)).join(' ')]);
  expect(notes).toEqual([
    ['listed', expect.stringContaining('On managed instances, invocations run concurrently')],
    ['Batch', expect.stringContaining('On managed instances, invocations run concurrently')],
  ]);
});
