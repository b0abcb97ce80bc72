import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { findProgram } from '../host/command.ts';
import { startServer } from './children.ts';
import { interleaved, timed } from './measure.ts';
import type { Row } from './report.ts';

const ROUNDS = 9;
const run = promisify(execFile);

const BOTO3 = `import boto3, os, sys
client = boto3.client('lambda', endpoint_url=sys.argv[1])
print(client.invoke(FunctionName='echo', LogType='Tail', Payload=b'{}')['StatusCode'])`;

/** The same invocation by other clients, including their process start. Clients that aren't installed are skipped. */
export async function processRows(): Promise<Row[]> {
  const server = await startServer('out/bench/echoServer.mjs');
  const { url } = server;
  const folder = await mkdtemp(join(tmpdir(), 'li-bench-cli-'));
  const env = {
    ...process.env,
    AWS_ACCESS_KEY_ID: 'BENCH',
    AWS_SECRET_ACCESS_KEY: 'bench',
    AWS_REGION: 'eu-west-1',
    AWS_DEFAULT_REGION: 'eu-west-1',
    AWS_CONFIG_FILE: join(folder, 'config'),
    AWS_SHARED_CREDENTIALS_FILE: join(folder, 'credentials'),
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_PAGER: '',
  };
  const commands: Readonly<Record<string, readonly [string, ...string[]]>> = {
    'aws lambda invoke': [
      'aws',
      'lambda',
      'invoke',
      '--endpoint-url',
      url,
      '--function-name',
      'echo',
      '--log-type',
      'Tail',
      '--cli-binary-format',
      'raw-in-base64-out',
      '--payload',
      '{}',
      join(folder, 'out.json'),
    ],
    'python3 with boto3': ['python3', '-c', BOTO3, url],
    curl: [
      'curl',
      '-sS',
      '--fail',
      '--aws-sigv4',
      'aws:amz:eu-west-1:lambda',
      '--user',
      'BENCH:bench',
      '--data',
      '{}',
      `${url}/2015-03-31/functions/echo/invocations`,
    ],
  };
  try {
    const cases: Record<string, () => Promise<number>> = {};
    for (const [name, [program, ...args]] of Object.entries(commands)) {
      const path = findProgram(program);
      const call = () => run(path ?? program, args, { env });
      const isInstalled =
        path !== undefined &&
        (await call().then(
          () => true,
          () => false,
        ));
      if (isInstalled) cases[name] = () => timed(call);
      else console.log(`${name}: not installed, skipped`);
    }
    const medians = await interleaved(ROUNDS, cases);
    return Object.entries(medians).map(([name, value]) => ({ name: `whole process: ${name}`, value, unit: 'ms' }));
  } finally {
    server.close();
    await rm(folder, { recursive: true, force: true });
  }
}
