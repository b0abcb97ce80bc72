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
const RATE_MS = 3000;

/** The start of the name of the peer to compare with, the fastest one. */
const FASTEST = 'serverless-offline';

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
    baseline: { name: 'node -e 0', value: medians.bare },
    ...(name === LAMBDA_INVOKE.name && { aim: { max: 1.1, of: 'ratio' as const } }),
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
  const fastest = connections.findIndex(({ peer }) => peer.name.startsWith(FASTEST));
  const compare = (name: string, unit: Row['unit'], values: readonly number[], aim: NonNullable<Row['aim']>) =>
    connections.forEach(({ peer }, index) => {
      const baseline = { name: FASTEST, value: values[fastest] ?? NaN };
      const isOwn = peer === LAMBDA_INVOKE;
      rows.push({ name: `${name}, ${peer.name}`, value: values[index] ?? NaN, unit, ...(isOwn && { baseline, aim }) });
    });
  const below = { max: 1, of: 'ratio' } as const;
  const timesOf = connections.map(({ peer }) => times.get(peer.name) ?? []);
  compare('warm call p50', 'ms', timesOf.map(median), below);
  compare(
    'warm call p99',
    'ms',
    timesOf.map((all) => percentile(all, 0.99)),
    below,
  );
  compare(
    'memory after warm calls',
    'MB',
    connections.map(({ started }) => treeMB(started.pid)),
    below,
  );
  for (const clients of CLIENTS) {
    const rates: number[] = [];
    for (const { call } of connections) {
      await rate(call, clients); // warms up one process per client
      rates.push(await rate(call, clients));
    }
    compare(`${clients} clients`, 'calls/s', rates, { min: 1.5, of: 'ratio' });
  }
  for (const { close } of connections) close();
  return [...rows, ...(await inProcess())];
}
