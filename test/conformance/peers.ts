import { spawn, type ChildProcess } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { join, resolve } from 'node:path';
import { freePort } from '../host/freePort.ts';
import { mustRun } from '../host/command.ts';

/** The folder that the peers are installed in; ignored by git. */
export const CACHE = resolve('.conformance');

/** The packages to install. */
const PACKAGES = ['osls@4.3.1', 'serverless-offline@14.8.2', 'serverless-aws-lambda@4.8.4', 'lambda-local@2.2.0'];

const HANDLERS = `exports.hello = async (event, context) => ({ event, clientContext: context.clientContext ?? null });
exports.throws = async () => { throw new TypeError('it broke'); };
const stream = typeof awslambda === 'undefined' ? () => async () => 'not streamed' : awslambda.streamifyResponse;
exports.counts = stream(async (event, out) => {
  out.write('one ');
  out.write('two');
  out.end();
});
`;

const FUNCTIONS = ['hello', 'throws', 'counts'].map((name) => `  ${name}: { handler: handler.${name} }`).join('\n');

/** Isolates the peers from the user's AWS account. */
const ENVIRONMENT = {
  SLS_TELEMETRY_DISABLED: '1',
  SLS_NOTIFICATIONS_MODE: 'off',
  AWS_ACCESS_KEY_ID: 'local',
  AWS_SECRET_ACCESS_KEY: 'local',
  AWS_REGION: 'us-east-1',
};

/** A local Lambda endpoint. */
export interface Peer {
  readonly name: string;
  readonly toFunctionName: (name: string) => string;
  /** Starts it on a free port. */
  readonly start: () => Promise<StartedPeer>;
}

export interface StartedPeer {
  readonly endpoint: string;
  /** The keys to sign requests with; any will do if undefined. */
  readonly keys?: { readonly accessKeyId: string; readonly secretAccessKey: string };
  readonly pid: number;
  readonly stop: () => void;
}

function isListening(port: number): Promise<boolean> {
  return new Promise((done) => {
    const socket = connect(port, '127.0.0.1', () => done(true)).once('error', () => done(false));
    socket.once('connect', () => socket.destroy());
  });
}

/** Installs the peers into the cache if necessary, without running install scripts. */
export async function installPeers(): Promise<void> {
  await mkdir(CACHE, { recursive: true });
  await writeFile(join(CACHE, 'package.json'), '{ "private": true }\n');
  await writeFile(join(CACHE, 'handler.js'), HANDLERS);
  await mustRun('npm', ['install', '--prefix', CACHE, '--ignore-scripts', '--no-audit', '--no-fund', ...PACKAGES]);
}

/** Starts osls with a plugin, and waits until it listens on its port. */
async function startOsls(plugin: string, port: number, args: readonly string[]): Promise<StartedPeer> {
  const config = `${plugin}.yml`;
  await writeFile(
    join(CACHE, config),
    `service: conformance\nprovider: { name: aws, runtime: nodejs20.x, region: us-east-1 }\nplugins: [${plugin}]\ncustom: { serverless-aws-lambda: { port: ${port} } }\nfunctions:\n${FUNCTIONS}\n`,
  );
  const child: ChildProcess = spawn(
    process.execPath,
    [join(CACHE, 'node_modules/osls/bin/serverless.js'), ...args, '--config', config],
    { cwd: CACHE, env: { ...process.env, ...ENVIRONMENT }, stdio: ['ignore', 'pipe', 'pipe'] },
  );
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const endpoint = `http://127.0.0.1:${port}`;
  for (let tries = 0; tries < 120; tries++) {
    await new Promise((done) => setTimeout(done, 500));
    if (child.exitCode !== null) break;
    if (await isListening(port)) return { endpoint, pid: child.pid ?? 0, stop: () => void child.kill('SIGKILL') };
  }
  child.kill('SIGKILL');
  throw new Error(`${plugin} did not start:\n${output}`);
}

/** Starts this project's endpoint for a workspace, with `node`. */
export async function startEndpoint(workspace: string, node = process.execPath): Promise<StartedPeer> {
  const child = spawn(node, ['out/endpoint.js', '--workspace', workspace, '--concurrency', '64'], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  let output = '';
  for await (const part of child.stdout) {
    output += String(part);
    if (output.split('\n').length > 4) break;
  }
  const value = (name: string) => new RegExp(`^${name}=(.*)$`, 'm').exec(output)?.[1] ?? '';
  const keys = { accessKeyId: value('AWS_ACCESS_KEY_ID'), secretAccessKey: value('AWS_SECRET_ACCESS_KEY') };
  const endpoint = value('AWS_ENDPOINT_URL_LAMBDA');
  return { endpoint, keys, pid: child.pid ?? 0, stop: () => void child.kill('SIGTERM') };
}

/** This project's endpoint with the same handlers. */
export const LAMBDA_INVOKE: Peer = {
  name: 'Lambda Invoke',
  toFunctionName: (name) => name,
  async start() {
    const functions = ['hello', 'throws', 'counts'].map((name) => [name, { handler: `handler.${name}` }]);
    await mkdir(join(CACHE, '.vscode'), { recursive: true });
    const file = { localFunctions: Object.fromEntries(functions) as object };
    await writeFile(join(CACHE, '.vscode/lambda-invoke.json'), JSON.stringify(file));
    return startEndpoint(CACHE);
  },
};

export const PEERS: readonly Peer[] = [
  {
    name: 'serverless-offline 14.8.2',
    toFunctionName: (name) => `conformance-dev-${name}`,
    async start() {
      const [lambdaPort, httpPort] = [await freePort(), await freePort()];
      const ports = ['--lambdaPort', String(lambdaPort), '--httpPort', String(httpPort), '--host', '127.0.0.1'];
      return startOsls('serverless-offline', lambdaPort, ['offline', ...ports]);
    },
  },
  {
    name: 'serverless-aws-lambda 4.8.4',
    toFunctionName: (name) => name,
    async start() {
      const port = await freePort();
      return startOsls('serverless-aws-lambda', port, ['aws-lambda']);
    },
  },
];
