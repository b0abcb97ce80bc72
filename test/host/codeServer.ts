import { spawn } from 'node:child_process';
import { get } from 'node:http';
import { dirname, join } from 'node:path';
import { freePort } from './freePort.ts';
import { mustRun } from './command.ts';
import type { InstalledHost } from './installHost.ts';

export interface RunningServer {
  readonly port: number;
  stop(): Promise<void>;
}

interface ServerOptions {
  readonly userData: string;
  readonly env?: NodeJS.ProcessEnv;
  /** Turns on Workspace Trust. */
  readonly hasTrust?: boolean;
}

const READY_TIMEOUT_MS = 180_000;
const KILL_DELAY_MS = 4000;

function isHealthy(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    get({ host: '127.0.0.1', port, path: '/healthz' }, (response) => {
      response.resume();
      resolve(response.statusCode === 200);
    }).on('error', () => resolve(false));
  });
}

function hostEnvironment(host: InstalledHost, { userData, env = {} }: ServerOptions): NodeJS.ProcessEnv {
  return {
    ...process.env,
    PATH: `${dirname(host.node)}:${process.env['PATH'] ?? ''}`,
    // Otherwise every run leaves sockets in the system's temporary folder.
    TMPDIR: join(userData, 'tmp'),
    XDG_RUNTIME_DIR: join(userData, 'tmp'),
    // Without a gallery, no request leaves this machine.
    EXTENSIONS_GALLERY: '{"serviceUrl":""}',
    ...env,
  };
}

function folders(userData: string): string[] {
  return [
    `--user-data-dir=${userData}`,
    `--extensions-dir=${join(userData, 'extensions')}`,
    `--config=${join(userData, 'code-server.yaml')}`,
  ];
}

/** Installs a packaged extension for servers with this user data folder. */
export async function installExtension(host: InstalledHost, vsix: string, options: ServerOptions): Promise<void> {
  const args = [join(host.codeServer, 'out/node/entry.js'), ...folders(options.userData), '--install-extension', vsix];
  await mustRun(host.node, args, { env: hostEnvironment(host, options) });
}

/** Starts VS Code's server on a free port of 127.0.0.1 and waits until it answers. */
export async function startServer(host: InstalledHost, options: ServerOptions): Promise<RunningServer> {
  const port = await freePort();
  const off = ['telemetry', 'update-check', 'getting-started-override'];
  const flags = [...off, ...(options.hasTrust === true ? [] : ['workspace-trust'])].map((name) => `--disable-${name}`);
  const args = [
    join(host.codeServer, 'out/node/entry.js'),
    '--auth=none',
    `--bind-addr=127.0.0.1:${port}`,
    ...folders(options.userData),
    ...flags,
  ];
  // In a new process group, so that stopping it stops the extension hosts too.
  const child = spawn(host.node, args, {
    env: hostEnvironment(host, options),
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  const output: string[] = [];
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => output.push(String(chunk)));
  const hasEnded = () => child.exitCode !== null || child.signalCode !== null;
  const signal = (name: NodeJS.Signals) => {
    try {
      if (child.pid !== undefined && !hasEnded()) process.kill(-child.pid, name);
    } catch {
      // The process has just ended.
    }
  };
  process.once('exit', () => signal('SIGKILL'));

  const deadline = Date.now() + READY_TIMEOUT_MS;
  while (!(await isHealthy(port))) {
    if (hasEnded() || Date.now() > deadline) throw new Error(`VS Code's server didn't start:\n${output.join('')}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return {
    port,
    async stop() {
      if (hasEnded()) return;
      const ended = new Promise((resolve) => child.once('exit', resolve));
      const timer = setTimeout(() => signal('SIGKILL'), KILL_DELAY_MS);
      signal('SIGTERM');
      await ended;
      clearTimeout(timer);
    },
  };
}
