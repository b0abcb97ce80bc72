import { fork, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { join } from 'node:path';
import { endpointEnvironment, startEndpoint, type StartedEndpoint } from '../app/localEndpoint.ts';
import { withTimeout } from '../core/async/withTimeout.ts';
import type { LocalEndpointOptions } from '../core/functions/localEndpointOptions.ts';
import type { ControlRequest } from '../core/functions/localFunctionView.ts';
import type { LocalAddress } from '../core/invocation/invokeRequest.ts';

/** The endpoint's descriptor of a pipe that closes with this process. The endpoint's watchdog reads it. */
const HOST_PIPE = 4;

/** The maximum time to wait for the endpoint to exit, in milliseconds. Its watchdog ends what is left. */
const MAX_EXIT_MS = 3000;

/** The concurrency limit of all functions together, as the default of `lambdaInvoke.local.concurrency`. */
const MAX_PROCESSES = 50;

/** The local functions of the workspace. Their endpoint is a process that starts with the first use. */
export interface LocalFunctions {
  /** Rejects with InvokeError. */
  address(): Promise<LocalAddress>;
  /** Rejects with the endpoint's error message. */
  ask(request: ControlRequest): Promise<unknown>;
  /** Ends the endpoint and all functions. */
  close(): Promise<void>;
}

function optionsFor(folder: string, dist: string): LocalEndpointOptions {
  return {
    keys: {
      accessKeyId: `LOCAL${randomBytes(8).toString('hex').toUpperCase()}`,
      secretAccessKey: randomBytes(32).toString('hex'),
    },
    folders: [folder],
    templates: { include: [], exclude: [] },
    layers: {},
    runtimes: {
      nodeBootstrap: join(dist, 'nodeBootstrap.js'),
      pythonBootstrap: join(dist, 'pythonRuntime/bootstrap.py'),
      node: '',
      python: '',
      nodeSdk: '',
      pythonSdk: '',
      installedSdks: '',
    },
    hasCredentials: false,
    maxProcesses: MAX_PROCESSES,
    hostPipe: HOST_PIPE,
  };
}

/** `onProblem` receives errors of the endpoint that concern no invocation. */
export function createLocalFunctions(
  folder: string,
  {
    dist,
    environment,
    onProblem,
  }: {
    readonly dist: string;
    readonly environment: NodeJS.ProcessEnv;
    readonly onProblem: (problem: string) => void;
  },
): LocalFunctions {
  let started: (StartedEndpoint & { readonly child: ChildProcess }) | undefined;

  function start() {
    const child = fork(join(dist, 'localEndpoint.js'), [], {
      env: endpointEnvironment(environment),
      execArgv: [],
      stdio: ['ignore', 'ignore', 'ignore', 'ipc', 'pipe'],
    });
    child.stdio[HOST_PIPE]?.on('error', () => undefined); // the endpoint may end first
    return { child, ...startEndpoint(child, optionsFor(folder, dist), { onProblem }) };
  }

  return {
    address() {
      started ??= start();
      return started.address;
    },
    ask(request) {
      started ??= start();
      return started.ask(request);
    },
    async close() {
      const child = started?.child;
      started = undefined;
      if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
      const exited = once(child, 'exit');
      if (child.connected) child.disconnect();
      child.stdio[HOST_PIPE]?.destroy();
      await withTimeout(exited, MAX_EXIT_MS);
    },
  };
}
