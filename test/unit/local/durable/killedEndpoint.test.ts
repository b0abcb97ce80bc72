import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { fork } from 'node:child_process';
import { mkdtemp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { endpointEnvironment, startEndpoint } from '../../../../src/app/localEndpoint.ts';
import type { ControlRequest } from '../../../../src/core/functions/localFunctionView.ts';
import type { ExecutionsView } from '../../../../src/core/durable/executionView.ts';
import { DURABLE_RUNTIME } from '../../../support/durableRuntime.ts';
import { LOCAL_RUNTIMES } from '../../../support/localRuntimes.ts';

/** The handler kills the endpoint, its parent, at one of these points: after a checkpoint, or after the effect of a step. */
const CODE = `const { existsSync, readFileSync, rmSync } = require('node:fs');
const { durable, note } = require('./durable.js');
const folder = __dirname;
const points = folder + '/points.txt';
const never = new Promise(() => {});
async function point(name) {
  note(points, name);
  const at = folder + '/kill.txt';
  const reached = readFileSync(points, 'utf8').trim().split('\\n').length;
  if (!existsSync(at) || reached !== Number(readFileSync(at, 'utf8'))) return;
  rmSync(at);
  process.kill(process.ppid, 'SIGKILL');
  await never;
}
const effect = async (text) => { note(folder + '/effects.txt', text); await point('in ' + text); return text; };
exports.flow = durable(async (event, ctx) => {
  await ctx.step('a', () => effect('a'));
  await ctx.step('b', (attempt) => effect('b' + attempt), { isAtMostOnce: true, retries: 2 });
  await ctx.wait('pause', 1);
  const { got } = await ctx.invoke('call', 'plain', 'called');
  await ctx.step('c', () => effect('c'));
  return got;
}, { onCheckpoint: (updates) => point(updates.map(({ Id, Action }) => Id + ' ' + Action).join()) });
exports.plain = async (event) => ({ got: event });`;

let folder = '';

afterEach(() => rm(folder, { recursive: true, force: true }));

async function createWorkspace(): Promise<void> {
  folder = await mkdtemp(join(tmpdir(), 'li-kill-'));
  await writeFile(join(folder, 'index.js'), CODE);
  await writeFile(join(folder, 'durable.js'), DURABLE_RUNTIME);
  await mkdir(join(folder, '.vscode'));
  const localFunctions = {
    flow: { handler: 'index.flow', durable: true, timeout: 60 },
    plain: { handler: 'index.plain' },
  };
  await writeFile(join(folder, '.vscode/lambda-invoke.json'), JSON.stringify({ localFunctions }));
}

/** Starts the endpoint of the extension in a separate process. */
async function startProcess() {
  const keys = { accessKeyId: 'LOCALTEST', secretAccessKey: 'secret' };
  const child = fork(resolve('dist/localEndpoint.js'), [], { env: endpointEnvironment(process.env), execArgv: [] });
  const exited = new Promise<void>((done) => child.once('exit', () => done()));
  const { nodeBootstrap, pythonBootstrap } = LOCAL_RUNTIMES.runtimes;
  const started = startEndpoint(
    child,
    {
      keys,
      folders: [folder],
      templates: { include: [], exclude: [] },
      layers: {},
      runtimes: {
        nodeBootstrap,
        pythonBootstrap,
        node: process.execPath,
        python: '',
        nodeSdk: '',
        pythonSdk: '',
        installedSdks: '',
      },
      hasCredentials: false,
      maxProcesses: 10,
      durableFolder: join(folder, 'storage/durable'),
    },
    { onProblem: (problem) => expect.unreachable(problem) },
  );
  const { endpoint } = await started.address;
  return {
    exited,
    endpoint,
    keys,
    ask: (request: ControlRequest) => started.ask(request),
    stop() {
      child.disconnect();
      return exited;
    },
  };
}

const lines = async (name: string) =>
  (await readFile(join(folder, name), 'utf8').catch(() => '')).split('\n').filter((line) => line !== '');

/** Runs the flow with a kill at a point, and resumes it. Returns false if the flow ends before the point. */
async function runWithKill(at: number): Promise<boolean> {
  await createWorkspace();
  await writeFile(join(folder, 'kill.txt'), String(at));
  const first = await startProcess();
  const { endpoint, keys: credentials } = first;
  const client = new LambdaClient({ endpoint, region: 'us-east-1', credentials, maxAttempts: 1 });
  await client.send(new InvokeCommand({ FunctionName: 'flow', Qualifier: '$LATEST', InvocationType: 'Event' }));
  client.destroy();
  const execution = async ({ ask }: typeof first) =>
    ((await ask({ what: 'durableExecutions' })) as ExecutionsView).executions[0];
  async function hasEnded(): Promise<boolean> {
    await expect.poll(async () => (await execution(first).catch(() => undefined))?.status).toBe('SUCCEEDED');
    return true;
  }
  const wasKilled = await Promise.race([first.exited.then(() => true), hasEnded().then(() => false)]);
  if (!wasKilled) {
    await first.stop();
    return false;
  }
  const second = await startProcess();
  expect(await execution(second)).toMatchObject({ status: 'RUNNING', isSuspended: true });
  const { arn = '' } = (await execution(second)) ?? {};
  await second.ask({ what: 'changeExecution', arn, change: { action: 'resume' } });
  await expect.poll(async () => (await execution(second))?.status).toBe('SUCCEEDED');
  await second.stop();
  return true;
}

test.skipIf(process.platform === 'win32')(
  'an execution whose endpoint is killed at any point repeats at most the step that was interrupted',
  async () => {
    const seen: string[] = [];
    for (let at = 1; await runWithKill(at); at++) {
      const interrupted = (await lines('points.txt'))[at - 1] ?? '';
      seen.push(interrupted);
      const effects = await lines('effects.txt');
      const times = (text: string) => effects.filter((each) => each === text).length;
      // AT_LEAST_ONCE: again only if the step had started and its end wasn't checkpointed.
      expect([interrupted, times('a')]).toEqual([interrupted, interrupted === 'in a' ? 2 : 1]);
      expect([interrupted, times('c')]).toEqual([interrupted, interrupted === 'in c' ? 2 : 1]);
      // AT_MOST_ONCE: once in each attempt.
      expect(Math.max(times('b1'), times('b2'), times('b3'))).toBe(1);
      await rm(folder, { recursive: true, force: true });
    }
    expect(seen).toEqual([
      'a START',
      'in a',
      'a SUCCEED',
      'b START',
      'in b1',
      'b SUCCEED',
      'pause START',
      'call START',
      'c START',
      'in c',
      'c SUCCEED',
    ]);
  },
);
