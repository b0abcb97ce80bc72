import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { interleaved } from './measure.ts';
import type { Row } from './report.ts';

const ROUNDS = 15;

const PRESETS = { presets: [{ name: 'echo', FunctionName: 'echo', Payload: {}, expect: {} }] };

/** The time from the start of the packaged command line's process to its first request, compared with bare Node.js. */
export async function commandLineRows(): Promise<Row[]> {
  let onRequest: () => void = () => undefined;
  const server = createServer((_, response) => {
    onRequest();
    response.end('null');
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const folder = await mkdtemp(join(tmpdir(), 'li-bench-start-'));
  await mkdir(join(folder, '.vscode'));
  await writeFile(join(folder, '.vscode/lambda-invoke.json'), JSON.stringify(PRESETS));
  const env = {
    ...process.env,
    AWS_ENDPOINT_URL: url,
    AWS_ACCESS_KEY_ID: 'BENCH',
    AWS_SECRET_ACCESS_KEY: 'bench',
    AWS_REGION: 'eu-west-1',
    AWS_CONFIG_FILE: join(folder, 'config'),
    AWS_SHARED_CREDENTIALS_FILE: join(folder, 'credentials'),
    AWS_EC2_METADATA_DISABLED: 'true',
  };

  async function untilRequest(args: readonly string[]): Promise<number> {
    const start = performance.now();
    const arrived = new Promise<number>((done) => {
      onRequest = () => done(performance.now() - start);
    });
    const child = spawn(process.execPath, args, { cwd: folder, env, stdio: 'ignore' });
    const closed = once(child, 'close');
    const ms = await arrived;
    await closed;
    return ms;
  }

  try {
    const cli = resolve('dist/cli.js');
    const medians = await interleaved(ROUNDS, {
      node: () => untilRequest(['-e', `require('node:http').request('${url}', { method: 'POST' }).end('{}')`]),
      invoke: () => untilRequest([cli, 'invoke', '--function', 'echo', '--payload', '{}']),
      test: () => untilRequest([cli, 'test']),
    });
    const row = (name: 'invoke' | 'test'): Row => ({
      name: `command line: lambda-invoke ${name}, start to first request`,
      value: medians[name],
      unit: 'ms',
      baseline: { name: 'bare Node.js', value: medians.node },
      aim: { max: 150, of: 'difference' },
    });
    return [row('invoke'), row('test')];
  } finally {
    server.close();
    await rm(folder, { recursive: true, force: true });
  }
}
