import { execFile } from 'node:child_process';
import { realpathSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import which from 'which';

const run = promisify(execFile);

/** An environment in which programs send requests to loopback only. */
function loopback(endpoint: string, folder: string): NodeJS.ProcessEnv {
  return {
    PATH: process.env['PATH'],
    HOME: folder,
    AWS_ACCESS_KEY_ID: 'AKIALOOPBACK',
    AWS_SECRET_ACCESS_KEY: 'secret',
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_ENDPOINT_URL_LAMBDA: endpoint,
    AWS_ENDPOINT_URL: endpoint,
  };
}

/** All different programs with this name on the PATH. */
function findPrograms(name: string): string[] {
  const paths = which.sync(name, { all: true, nothrow: true }) ?? [];
  return [...new Map(paths.map((path) => [realpathSync(path), path])).values()];
}

/** The AWS CLIs on this machine with their versions. */
export async function installedAwsClis(): Promise<{ path: string; version: string }[]> {
  const versions = findPrograms('aws').map(async (path) => {
    const { stdout, stderr } = await run(path, ['--version']).catch(() => ({ stdout: '', stderr: '' }));
    const version = /aws-cli\/([\d.]+)/.exec(stdout + stderr)?.[1];
    return version === undefined ? [] : [{ path, version }];
  });
  return (await Promise.all(versions)).flat();
}

/** A Python 3 with boto3, if installed. */
export async function pythonWithBoto3(): Promise<string | undefined> {
  for (const path of findPrograms('python3')) {
    const hasBoto3 = await run(path, ['-c', 'import boto3']).then(
      () => true,
      () => false,
    );
    if (hasBoto3) return path;
  }
  return undefined;
}

/** Runs with a temporary folder and an environment for loopback. */
export async function inTemporaryFolder<T>(
  endpoint: string,
  callback: (scratch: { folder: string; env: NodeJS.ProcessEnv }) => Promise<T>,
): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'li-export-'));
  try {
    return await callback({ folder, env: loopback(endpoint, folder) });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Runs a script in bash. */
export async function runBash(
  script: string,
  { folder, env }: { folder: string; env: NodeJS.ProcessEnv },
): Promise<string> {
  const file = join(folder, 'script.sh');
  await writeFile(file, script);
  return (await run('bash', ['--noprofile', '--norc', file], { cwd: folder, env })).stdout;
}

/** Runs source code with an interpreter. */
export async function runProgram(
  interpreter: string,
  { source, name }: { source: string; name: string },
  { folder, env }: { folder: string; env: NodeJS.ProcessEnv },
): Promise<string> {
  const file = join(folder, name);
  await writeFile(file, source);
  return (await run(interpreter, [file], { cwd: folder, env })).stdout;
}

/** Contains the SDK, for modules outside of the project. */
export const NODE_MODULES = resolve('node_modules');
