import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { createAws } from '../../src/aws/index.ts';
import type { InvokeRequest } from '../../src/core/invocation/invokeRequest.ts';
import { descendants } from '../../src/local/process/processTree.ts';
import { isAlive } from './isAlive.ts';
import { LOCAL_RUNTIMES } from './localRuntimes.ts';
import { LOCAL_KEYS } from './localWorkspace.ts';

/** Starts the built endpoint as the extension host does. A line on its stdin stops the endpoint. */
const HOST = `
const child = require('node:child_process').fork(process.argv[1], [], {
  stdio: ['ignore', 'ignore', 'ignore', 'ipc', 'pipe'],
});
child.send({ type: 'start', options: JSON.parse(process.argv[2]) });
child.once('message', ({ endpoint }) => console.log(JSON.stringify({ endpoint, pid: child.pid })));
process.stdin.once('data', () => {
  child.disconnect();
  child.stdio[4].destroy();
});`;

/**
 * Starts a process that represents the extension host, with the built endpoint as its child, for a temporary folder with
 * this code and these handlers in it.
 */
export async function startLocalHost(code: string, handlers: readonly string[]) {
  const folder = await mkdtemp(join(tmpdir(), 'li-host-'));
  const functions = handlers.map(
    (name) => [name, { handler: `index.${name}`, timeout: 600, memorySize: 10_240 }] as const,
  );
  await mkdir(join(folder, '.vscode'));
  await writeFile(
    join(folder, '.vscode/lambda-invoke.json'),
    JSON.stringify({ localFunctions: Object.fromEntries(functions) }),
  );
  await writeFile(join(folder, 'index.js'), code);
  const options = { keys: LOCAL_KEYS, folders: [folder], ...LOCAL_RUNTIMES, hostPipe: 4 };
  const host = spawn(process.execPath, ['-e', HOST, resolve('dist/localEndpoint.js'), JSON.stringify(options)], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const [line] = (await once(createInterface(host.stdout), 'line')) as [string];
  const { endpoint, pid } = JSON.parse(line) as { endpoint: string; pid: number };
  const address = { endpoint, ...LOCAL_KEYS };
  const aws = createAws({});

  return {
    folder,
    host,
    /** The endpoint's process ID. */
    pid,
    async invoke(FunctionName: string, event: unknown = {}, fields: Partial<InvokeRequest> = {}): Promise<unknown> {
      const Payload = new TextEncoder().encode(JSON.stringify(event));
      const { Payload: body } = await aws.invoke(
        { FunctionName, InvocationType: 'RequestResponse', Payload, ...fields },
        { target: { kind: 'local', address }, signal: new AbortController().signal },
      );
      const text = new TextDecoder().decode(body);
      return text === '' ? undefined : JSON.parse(text);
    },
    /** All processes below the host: the endpoint, its watchdog, the handlers, and those they have started. */
    processes: () => descendants([Number(host.pid)]),
    /** Stops the endpoint as the extension host does. */
    stop: () => host.stdin.write('\n'),
    async close() {
      for (const each of [Number(host.pid), pid]) if (isAlive(each)) process.kill(each, 'SIGKILL');
      await rm(folder, { recursive: true, force: true });
    },
  };
}

export type LocalHost = Awaited<ReturnType<typeof startLocalHost>>;
