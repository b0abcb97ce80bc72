import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, realpathSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { delimiter, dirname, join, resolve } from 'node:path';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { findProgram } from '../../host/command.ts';
import { startEndpoint } from '../peers.ts';
import { comparable } from './comparable.ts';
import { clientRows, MODULES, payloadOfRow, type ClientRow } from './rows.ts';
import { CLIENT, fetchSources } from './sources.ts';

const HERE = resolve('test/conformance/pythonClient');

/** The client requires Python 3.9 or later. */
const MIN_MINOR = 9;

/** Concurrent invocations. */
const CONCURRENCY = 4;

const SIDES = ['ours', 'client'] as const;

/** The interpreters on this machine: on the PATH, in /usr/bin, and from pyenv. */
function interpreters(): string[] {
  const pyenv = join(homedir(), '.pyenv/versions');
  const versions = existsSync(pyenv) ? readdirSync(pyenv).map((name) => join(pyenv, name, 'bin/python3')) : [];
  const paths = [findProgram('python3'), '/usr/bin/python3', ...versions];
  const programs = paths.flatMap((path) => {
    if (path === undefined || !existsSync(path)) return [];
    const code = 'import sys; print(sys.executable); print(sys.version_info[1])';
    const [program = '', minor] = spawnSync(path, ['-c', code], { encoding: 'utf8' }).stdout.split('\n');
    return Number(minor) >= MIN_MINOR ? [realpathSync(program)] : [];
  });
  return [...new Set(programs)];
}

async function allRows(): Promise<ClientRow[]> {
  const names = async (file: string, pattern: RegExp) =>
    [...(await readFile(join(HERE, 'code', file), 'utf8')).matchAll(pattern)].flatMap(([, name]) => name ?? []);
  return clientRows({
    results: await names('results.py', /^ {4}"(.+?)": /gm),
    errors: await names('errors.py', /^ {4}"(.+?)": /gm),
    logs: [...(await names('logs.py', /^def (\w+)\(\)/gm)), ...(await names('prints.py', /^def (\w+)\(\)/gm))],
  });
}

/** The configuration of a row's function. Rows with the same configuration share a function, except for logs. */
function keyOf({ name, handler, runtime, logFormat, logLevel, tenant }: ClientRow): string {
  return JSON.stringify([handler === 'logs.handler' ? name : handler, runtime, logFormat, logLevel, tenant]);
}

function definition(row: ClientRow, side: (typeof SIDES)[number], sources: readonly string[]): object {
  const { handler, runtime = 'python3.12', logFormat = 'Text', logLevel, tenant } = row;
  const client = { CLIENT_SOURCES: sources.join(delimiter), CLIENT_RUNTIME: runtime };
  return {
    handler,
    runtime: side === 'ours' ? runtime : 'provided.al2023',
    codeUri: 'code',
    timeout: 20,
    memorySize: 512,
    logFormat,
    ...(logFormat === 'JSON' && logLevel !== undefined && { applicationLogLevel: logLevel }),
    environment: {
      ...(logLevel !== undefined && { AWS_LAMBDA_LOG_LEVEL: logLevel }),
      ...(side === 'client' && client),
    },
    ...(tenant !== undefined && { tenancy: true }),
  };
}

/** Writes a workspace with two functions for each configuration: one with our runtime, and one with the client. */
async function writeWorkspace(folder: string, python: string, functions: object): Promise<void> {
  await cp(join(HERE, 'code'), join(folder, 'code'), { recursive: true });
  for (const [path, text] of Object.entries(MODULES)) {
    await mkdir(dirname(join(folder, 'code', path)), { recursive: true });
    await writeFile(join(folder, 'code', path), text, 'latin1');
  }
  const bootstrap = `#!/bin/sh\nexec "${python}" "${join(HERE, 'startClient.py')}"\n`;
  await writeFile(join(folder, 'code/bootstrap'), bootstrap, { mode: 0o755 });
  await mkdir(join(folder, '.venv/bin'), { recursive: true });
  // The endpoint prefers it.
  await symlink(python, join(folder, '.venv/bin/python'));
  await writeFile(join(folder, '.venv/pyvenv.cfg'), `home = ${dirname(python)}\ninclude-system-site-packages = true\n`);
  await mkdir(join(folder, '.vscode'));
  await writeFile(join(folder, '.vscode/lambda-invoke.json'), JSON.stringify({ localFunctions: functions }));
}

async function invoke(client: LambdaClient, FunctionName: string, row: ClientRow): Promise<string> {
  const { clientContext, tenant } = row;
  const { Payload, LogResult, FunctionError } = await client.send(
    new InvokeCommand({
      FunctionName,
      LogType: 'Tail',
      Payload: Buffer.from(payloadOfRow(row)),
      ...(clientContext !== undefined && { ClientContext: Buffer.from(clientContext).toString('base64') }),
      ...(tenant !== undefined && { TenantId: tenant }),
    }),
  );
  const log = Buffer.from(LogResult ?? '', 'base64');
  return comparable({ payload: Payload ?? new Uint8Array(), log, error: FunctionError ?? '-' });
}

/** The characters before and after the first difference that are printed. */
const [BEFORE, AFTER] = [150, 300];

function firstDifference(ours: string, client: string): string {
  let at = 0;
  while (ours[at] === client[at]) at++;
  const part = (text: string) => JSON.stringify(text.slice(Math.max(0, at - BEFORE), at + AFTER));
  return `\n  ours:   ${part(ours)}\n  client: ${part(client)}`;
}

/** Compares all rows with one interpreter. Returns the number of rows that differ. */
async function compareWith(python: string, rows: readonly ClientRow[], sources: readonly string[]): Promise<number> {
  const groups = new Map<string, ClientRow[]>();
  for (const row of rows) groups.set(keyOf(row), [...(groups.get(keyOf(row)) ?? []), row]);
  const indexed = [...groups.values()].map((group, index) => ({ index, group }));
  const functions = indexed.flatMap(({ index, group: [row] }) =>
    row === undefined ? [] : SIDES.map((side) => [`${side}-${index}`, definition(row, side, sources)] as const),
  );
  const folder = await mkdtemp(join(tmpdir(), 'li-python-client-'));
  await writeWorkspace(folder, python, Object.fromEntries(functions));
  const { endpoint, keys, stop } = await startEndpoint(folder);
  const credentials = keys ?? { accessKeyId: 'local', secretAccessKey: 'local' };
  const client = new LambdaClient({ endpoint, region: 'us-east-1', credentials, maxAttempts: 1 });
  const version = spawnSync(python, ['--version'], { encoding: 'utf8' }).stdout.trim();
  let different = 0;
  const work = async () => {
    for (let next = indexed.shift(); next !== undefined; next = indexed.shift()) {
      for (const row of next.group) {
        const ours = await invoke(client, `ours-${next.index}`, row);
        const theirs = await invoke(client, `client-${next.index}`, row);
        if (ours === theirs) continue;
        different++;
        console.log(`FAILED  ${row.name}${firstDifference(ours, theirs)}`);
      }
    }
  };
  try {
    await Promise.all(Array.from({ length: CONCURRENCY }, work));
  } finally {
    stop();
    client.destroy();
    await rm(folder, { recursive: true, force: true });
  }
  const equal = rows.length - different;
  console.log(`== ${CLIENT} with ${version} (${python}): ${equal} of ${rows.length} rows have equal results and logs`);
  return different;
}

/**
 * Compares this project's runtime for Python with AWS's runtime interface client, with every interpreter on this machine.
 * Returns the number of differences. Fails if the client's source can't be fetched.
 */
export async function comparePythonClient(): Promise<number> {
  console.log(`\n== ${CLIENT}: results, errors, log lines in text and JSON, and contexts`);
  let sources: readonly string[];
  try {
    sources = await fetchSources();
  } catch (error) {
    console.log(`FAILED  ${CLIENT} couldn't be fetched: ${error instanceof Error ? error.message : String(error)}`);
    return 1;
  }
  const programs = interpreters();
  if (programs.length === 0) console.log(`FAILED  Can't find Python 3.${MIN_MINOR} or later.`);
  const rows = await allRows();
  let different = programs.length === 0 ? 1 : 0;
  for (const python of programs) different += await compareWith(python, rows, sources);
  return different;
}
