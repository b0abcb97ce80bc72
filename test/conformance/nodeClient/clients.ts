import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { mustRun } from '../../host/command.ts';
import { CACHE } from '../peers.ts';
import { RUNTIME_CLIENT, RUNTIME_CLIENT_PACKAGE } from '../runtimeClient.ts';
import { compareWith, type NodeClient } from './compare.ts';

const VERSION = '3.3.0';
const FOLDER = join(CACHE, 'runtime-client-3');
const PACKAGE = join(FOLDER, 'node_modules/aws-lambda-ric');

/** Named like a file of AWS's client, so that its frames are recognized in stack traces. */
const START = join(FOLDER, 'aws-lambda-ric.mjs');

/** Passes Lambda's flags for runtimes before nodejs24.x. NODE_OPTIONS of the function can enable each feature. */
const FLAGS = ['require', 'detect']
  .map((name) => `experimental-${name}-module`)
  .map((flag) => `case "$NODE_OPTIONS" in *--${flag}*) ;; *) flags="$flags --no-${flag}" ;; esac`)
  .join('\n');

/** A script like Lambda's, which also sets NODE_PATH. */
function bootstrap(file: string, flags: string): string {
  return `#!/bin/sh\nexport NODE_PATH="$LAMBDA_TASK_ROOT"\nflags=\n${flags}\nexec "${process.execPath}" $flags "${file}"\n`;
}

/**
 * Installs version 3. Building its native part needs autoconf, so the one of version 4 is used. Rejects if their
 * sources differ.
 */
async function installVersion3(): Promise<void> {
  await mkdir(FOLDER, { recursive: true });
  await writeFile(join(FOLDER, 'package.json'), '{ "private": true }\n');
  const args = ['--prefix', FOLDER, '--ignore-scripts', '--no-audit', '--no-fund'];
  await mustRun('npm', ['install', ...args, `aws-lambda-ric@${VERSION}`]);
  const own = await readFile(join(PACKAGE, 'src/rapid-client.cc'), 'utf8');
  const other = await readFile(join(RUNTIME_CLIENT_PACKAGE, 'src/native/rapid-client.cc'), 'utf8');
  if (own !== other) throw new Error(`The native parts of aws-lambda-ric ${VERSION} and version 4 differ.`);
  await copyFile(join(RUNTIME_CLIENT_PACKAGE, 'rapid-client.node'), join(PACKAGE, 'dist/rapid-client.node'));
  const code = `import { run } from '${join(PACKAGE, 'dist/index.mjs')}';
await run(process.env.LAMBDA_TASK_ROOT, process.env._HANDLER);
`;
  await writeFile(START, code);
}

const CLIENTS: readonly NodeClient[] = [
  {
    version: 3,
    name: `aws-lambda-ric ${VERSION} (native part of ${RUNTIME_CLIENT.name})`,
    runtime: 'nodejs22.x',
    bootstrap: bootstrap(START, FLAGS),
  },
  {
    version: 4,
    name: RUNTIME_CLIENT.name,
    runtime: 'nodejs24.x',
    bootstrap: bootstrap(join(RUNTIME_CLIENT_PACKAGE, 'index.mjs'), ''),
  },
];

/**
 * Compares our Node.js runtime with both versions of AWS's client, which `installRuntimeClient` has built. Returns the
 * number of rows that differ.
 */
export async function compareNodeClients(): Promise<number> {
  await installVersion3();
  let different = 0;
  for (const client of CLIENTS) different += await compareWith(client, join(CACHE, `rows-${client.version}`));
  return different;
}
