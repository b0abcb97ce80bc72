import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { findMismatches, payloadOf, type ObservedResponse } from './mismatches.ts';
import type { Row } from './row.ts';
import { ROWS } from './rows.ts';

/** A third-party client. `send` returns the observed response per row, undefined if the client can't send it. */
interface Client {
  readonly name: string;
  readonly send: (rows: readonly Row[]) => Promise<readonly (ObservedResponse | undefined)[]>;
  /** The part of a row's expectations that this client can observe. */
  readonly visible: (row: Row) => Row;
}

/** Starts the standalone endpoint for the conformance workspace. Returns the environment it printed. */
async function startEndpoint() {
  const child = spawn(process.execPath, ['out/endpoint.js', '--workspace', resolve('test/conformance/workspace')]);
  let output = '';
  while (output.split('\n').length < 5) output += String((await once(child.stdout, 'data'))[0]);
  const env = Object.fromEntries(
    output
      .trim()
      .split('\n')
      .map((line) => line.split(/=(.*)/, 2)),
  ) as Record<string, string>;
  return { env: { ...process.env, ...env, AWS_DEFAULT_REGION: env['AWS_REGION'] }, stop: () => child.kill('SIGTERM') };
}

function fieldsOf({ request }: Row): Record<string, string> {
  const { Payload: _, repeat: __, ...fields } = request;
  return fields;
}

/** A Python interpreter with boto3; undefined if there is none. */
function pythonWithBoto3(): string | undefined {
  return ['python3', '/usr/bin/python3'].find((python) => spawnSync(python, ['-c', 'import boto3']).status === 0);
}

function boto3(python: string, env: NodeJS.ProcessEnv): Client {
  const version = spawnSync(python, ['-c', 'import boto3; print(boto3.__version__)'], {
    encoding: 'utf8',
  }).stdout.trim();
  return {
    name: `boto3 ${version}`,
    visible: (row) => row,
    async send(rows) {
      const child = spawn(python, ['test/conformance/client.py'], { env, stdio: ['pipe', 'pipe', 'inherit'] });
      child.stdin.end(JSON.stringify(rows.map((row) => ({ fields: fieldsOf(row), payload: payloadOf(row) }))));
      let output = '';
      child.stdout.on('data', (part: Buffer) => (output += part.toString('utf8')));
      await once(child, 'close');
      const lines = output.split('\n').filter((line) => line !== '');
      return rows.map((_, index) =>
        lines[index] === undefined ? undefined : (JSON.parse(lines[index]) as ObservedResponse),
      );
    },
  };
}

/** The response fields that the AWS CLI prints, by their header. */
const PRINTED_FIELDS = {
  'x-amz-function-error': 'FunctionError',
  'x-amz-executed-version': 'ExecutedVersion',
  'x-amz-log-result': 'LogResult',
} as const;

const OPTIONS: Readonly<Record<string, string>> = {
  FunctionName: '--function-name',
  Qualifier: '--qualifier',
  InvocationType: '--invocation-type',
  LogType: '--log-type',
  ClientContext: '--client-context',
  TenantId: '--tenant-id',
  DurableExecutionName: '--durable-execution-name',
};

async function runCli(aws: string, row: Row, { env, folder }: { env: NodeJS.ProcessEnv; folder: string }) {
  const payload = payloadOf(row);
  const [input, output] = [join(folder, 'in.json'), join(folder, 'out.json')];
  const options = Object.entries(fieldsOf(row)).flatMap(([field, value]) => [
    OPTIONS[field] ?? field,
    field === 'ClientContext' ? Buffer.from(value).toString('base64') : value,
  ]);
  if (payload !== undefined) {
    await writeFile(input, payload);
    options.push('--payload', `fileb://${input}`);
  }
  await writeFile(output, '');
  const endpoint = ['--endpoint-url', env['AWS_ENDPOINT_URL_LAMBDA'] ?? ''];
  const args = ['lambda', 'invoke', ...endpoint, ...options, output];
  const { status, stdout, stderr } = spawnSync(aws, args, { env: { ...env, AWS_MAX_ATTEMPTS: '1' }, encoding: 'utf8' });
  const [, exception, text] =
    /An error occurred \((\w+)\) when calling the Invoke operation(?: \([^)]*\))?: (.*)/.exec(stderr) ?? [];
  // The CLI doesn't print the status of an error.
  if (exception !== undefined) return { status: row.status, exception, body: JSON.stringify({ message: text }) };
  if (status !== 0) return undefined; // an unsupported option
  const response = JSON.parse(stdout) as Record<string, string | number>;
  const headers = Object.fromEntries(Object.entries(PRINTED_FIELDS).map(([name, field]) => [name, response[field]]));
  const log = Buffer.from(String(response['LogResult'] ?? ''), 'base64').toString('utf8');
  return {
    status: Number(response['StatusCode']),
    headers,
    body: await readFile(output, 'utf8'),
    log,
  } as ObservedResponse;
}

function awsCli(aws: string, env: NodeJS.ProcessEnv): Client {
  const version = spawnSync(aws, ['--version'], { encoding: 'utf8' }).stdout.split(' ')[0] ?? '';
  return {
    name: version,
    visible: ({ headers = {}, body, ...row }) => ({
      ...row,
      headers: Object.fromEntries(Object.entries(headers).filter(([name]) => name in PRINTED_FIELDS)),
      body:
        row.exception === undefined ? body : { message: (body as { message?: string } | undefined)?.message ?? '/./' },
    }),
    async send(rows) {
      const folder = await mkdtemp(join(tmpdir(), 'li-cli-'));
      const responses: (ObservedResponse | undefined)[] = [];
      for (const row of rows) responses.push(await runCli(aws, row, { env, folder }));
      await rm(folder, { recursive: true, force: true });
      return responses;
    },
  };
}

/**
 * Checks the local endpoint with the installed boto3 and AWS CLI. Returns the number of failed rows and missing
 * clients.
 */
export async function checkClients(): Promise<number> {
  let failures = 0;
  const python = pythonWithBoto3();
  const aws = ['/usr/bin/aws', 'aws'].find((name) => spawnSync(name, ['--version']).status === 0);
  const clientFactories = [
    ...(python === undefined ? [] : [(env: NodeJS.ProcessEnv) => boto3(python, env)]),
    ...(aws === undefined ? [] : [(env: NodeJS.ProcessEnv) => awsCli(aws, env)]),
  ];
  if (clientFactories.length < 2) {
    console.log('\nMissing: on Debian, apt-get install python3-boto3 awscli');
    failures++;
  }
  for (const createClient of clientFactories) {
    const { env, stop } = await startEndpoint();
    const client = createClient(env);
    console.log(`\n== ${client.name} against the local endpoint`);
    const responses = await client.send(ROWS);
    let [passed, unsupported] = [0, 0];
    for (const [index, row] of ROWS.entries()) {
      const response = responses[index];
      const mismatches = response === undefined ? [] : findMismatches(client.visible(row), response);
      if (response === undefined) unsupported++;
      else if (mismatches.length === 0) passed++;
      if (response === undefined) console.log(`not supported by this client: ${row.name}`);
      for (const line of mismatches) console.log(`FAILED  ${row.name}: ${line}`);
      if (mismatches.length > 0) failures++;
    }
    console.log(
      `== ${client.name}: ${passed} of ${ROWS.length} rows passed, ${unsupported} not supported by the client`,
    );
    stop();
  }
  return failures;
}
