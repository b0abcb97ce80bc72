import { execFile } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { promisify } from 'node:util';
import { SignatureV4 } from '@smithy/signature-v4';
import { installPeers, LAMBDA_INVOKE, PEERS, type Peer, type StartedPeer } from '../conformance/peers.ts';
import { Sha256 } from '../support/sha256.ts';
import { interleaved, median, timed } from './measure.ts';
import type { Row } from './report.ts';

const WARM_CALLS = 200;
const WARM_ROUNDS = 5;
const FIRST_ROUNDS = 5;
const CLIENTS = [1, 16, 64] as const;
const RATE_MS = 2000;

const runFile = promisify(execFile);

/**
 * Starts a peer. `call` sends a bare POST to its function `hello`, with a precomputed signature if the peer requires
 * one.
 */
async function open(peer: Peer) {
  const started = await peer.start();
  const url = new URL(started.endpoint);
  const path = `/2015-03-31/functions/${peer.toFunctionName('hello')}/invocations`;
  const agent = new Agent({ keepAlive: true });
  const headers = await headersFor(started, url, path);
  const call = () =>
    new Promise<void>((done, fail) => {
      const options = { host: url.hostname, port: url.port, path, method: 'POST', headers, agent };
      const sent = request(options, (response) => {
        if (response.statusCode !== 200) fail(new Error(`${peer.name}: status ${response.statusCode}`));
        response.resume().once('end', done);
      });
      sent.once('error', fail).end('{}');
    });
  return { started, call, close: () => (agent.destroy(), started.stop()) };
}

async function headersFor({ keys }: StartedPeer, url: URL, path: string): Promise<Record<string, string>> {
  const headers = { host: url.host, 'content-type': 'application/octet-stream' };
  if (keys === undefined) return headers;
  const signer = new SignatureV4({ credentials: keys, region: 'us-east-1', service: 'lambda', sha256: Sha256 });
  const unsigned = { method: 'POST', protocol: 'http:', hostname: url.hostname, path, headers, body: '{}' };
  return (await signer.sign(unsigned)).headers;
}

/** The resident memory of a process and its descendants, in MB. Linux only. */
function treeMB(root: number): number {
  const parents = new Map<number, number>();
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    try {
      parents.set(Number(pid), Number(/\) \S (\d+)/.exec(readFileSync(`/proc/${pid}/stat`, 'utf8'))?.[1]));
    } catch {
      // Exited meanwhile.
    }
  }
  const isBelow = (pid: number): boolean => pid === root || (parents.has(pid) && isBelow(parents.get(pid) ?? 0));
  const resident = (pid: number) =>
    Number(/^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024;
  return [...parents.keys()].filter(isBelow).reduce((sum, pid) => sum + resident(pid), 0);
}

/** Successful calls per second by concurrent clients that each wait for a response before the next call. */
async function rate(call: () => Promise<void>, clients: number): Promise<number> {
  const until = performance.now() + RATE_MS;
  let done = 0;
  const client = async () => {
    while (performance.now() < until) {
      await call().then(
        () => done++,
        () => undefined,
      );
    }
  };
  await Promise.all(Array.from({ length: clients }, client));
  return done / (RATE_MS / 1000);
}

function percentile(values: readonly number[], part: number): number {
  return values.toSorted((a, b) => a - b)[Math.ceil(values.length * part) - 1] ?? NaN;
}

const IN_PROCESS = `const { execute } = require('lambda-local');
require('lambda-local').getLogger().silent = true;
const call = () => execute({ event: {}, lambdaPath: './handler.js', lambdaHandler: 'hello', verboseLevel: 0 });
(async () => {
  const times = [];
  for (let i = 0; i < 300; i++) { const start = performance.now(); await call(); times.push(performance.now() - start); }
  console.log(JSON.stringify(times));
})();`;

/** lambda-local runs handlers in the calling process, without isolation and without an Invoke API. */
async function inProcess(): Promise<Row[]> {
  const { stdout } = await runFile(process.execPath, ['-e', IN_PROCESS], { cwd: '.conformance' });
  const times = JSON.parse(stdout.trim().split('\n').at(-1) ?? '[]') as number[];
  return [{ name: 'warm call p50, lambda-local (not isolated, no HTTP)', value: median(times.slice(1)), unit: 'ms' }];
}

async function firstCalls(): Promise<Row[]> {
  const first = (peer: Peer) => async () => {
    const connection = await open(peer);
    const ms = await timed(connection.call);
    connection.close();
    return ms;
  };
  const bare = () => timed(() => runFile(process.execPath, ['-e', '0']));
  const peers = Object.fromEntries([LAMBDA_INVOKE, ...PEERS].map((peer) => [peer.name, first(peer)]));
  const medians = await interleaved(FIRST_ROUNDS, { bare, ...peers });
  return [LAMBDA_INVOKE, ...PEERS].map(({ name }) => ({
    name: `first call to a function, ${name}`,
    value: medians[name as keyof typeof medians],
    unit: 'ms',
    against: { name: 'node -e 0', value: medians.bare },
    ...(name === LAMBDA_INVOKE.name && { aim: { max: 1.5, of: 'ratio' as const } }),
  }));
}

/** The local endpoint, compared with similar projects that run the same Node.js handler. */
export async function localRows(): Promise<Row[]> {
  await installPeers();
  const rows = await firstCalls();
  const connections = await Promise.all(
    [LAMBDA_INVOKE, ...PEERS].map(async (peer) => ({ peer, ...(await open(peer)) })),
  );
  const times = new Map(connections.map(({ peer }) => [peer.name, [] as number[]]));
  for (const { call } of connections) for (let warming = 0; warming < 20; warming++) await call();
  for (let round = 0; round < WARM_ROUNDS; round++) {
    for (const { peer, call } of connections) {
      for (let index = 0; index < WARM_CALLS; index++) times.get(peer.name)?.push(await timed(call));
    }
  }
  for (const { peer, started } of connections) {
    const all = times.get(peer.name) ?? [];
    const aim = peer === LAMBDA_INVOKE ? { aim: { max: 1.5, of: 'value' as const } } : {};
    rows.push({ name: `warm call p50, ${peer.name}`, value: median(all), unit: 'ms', ...aim });
    rows.push({ name: `warm call p99, ${peer.name}`, value: percentile(all, 0.99), unit: 'ms' });
    rows.push({ name: `memory after warm calls, ${peer.name}`, value: treeMB(started.pid), unit: 'MB' });
  }
  for (const clients of CLIENTS) {
    for (const { peer, call } of connections) {
      await rate(call, clients); // warms up one process per client
      rows.push({ name: `${clients} clients, ${peer.name}`, value: await rate(call, clients), unit: 'calls/s' });
    }
  }
  for (const { close } of connections) close();
  return [...rows, ...(await inProcess())];
}
