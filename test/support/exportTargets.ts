import { execFile } from 'node:child_process';
import { realpathSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import which from 'which';

const run = promisify(execFile);

/** Credentials and settings for programs that send to loopback and nowhere else. */
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

/** Every program of a name on the PATH, each once. */
function findPrograms(name: string): string[] {
  const paths = which.sync(name, { all: true, nothrow: true }) ?? [];
  return [...new Map(paths.map((path) => [realpathSync(path), path])).values()];
}

/** AWS CLIs of this machine, with the version each tells. */
export async function installedAwsClis(): Promise<{ path: string; version: string }[]> {
  const versions = findPrograms('aws').map(async (path) => {
    const { stdout, stderr } = await run(path, ['--version']).catch(() => ({ stdout: '', stderr: '' }));
    const version = /aws-cli\/([\d.]+)/.exec(stdout + stderr)?.[1];
    return version === undefined ? [] : [{ path, version }];
  });
  return (await Promise.all(versions)).flat();
}

/** A Python 3 with boto3, where there is one. */
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

/** Runs in a folder of its own, with nothing but loopback to talk to. */
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

/** Runs a program of text with an interpreter. */
export async function runProgram(
  interpreter: string,
  { source, name }: { source: string; name: string },
  { folder, env }: { folder: string; env: NodeJS.ProcessEnv },
): Promise<string> {
  const file = join(folder, name);
  await writeFile(file, source);
  return (await run(interpreter, [file], { cwd: folder, env })).stdout;
}

/** Where a module outside of the project finds the SDK that is installed for it. */
export const NODE_MODULES = resolve('node_modules');
