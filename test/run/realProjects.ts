// npm run realProjects -- FOLDER [--json] [--minutes N] [--node-sdk DIR] [--python-sdk DIR]: runs the functions of each
// project in a folder, and prints how many were listed, reached, loaded, and run. A project is a subfolder, or FOLDER
// itself if it's a Git repository. The SDKs are those of Lambda's runtimes.
import { existsSync, readdirSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { runInSandbox, SANDBOX, sandboxObstacle } from '../realProjects/sandbox.ts';

const USAGE = 'npm run realProjects -- FOLDER [--json] [--minutes N] [--node-sdk DIR] [--python-sdk DIR]';

function fail(problem: string): never {
  console.error(`${problem}\nUsage: ${USAGE}`);
  process.exit(2);
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    json: { type: 'boolean', default: false },
    minutes: { type: 'string', default: '60' },
    'node-sdk': { type: 'string', default: '' },
    'python-sdk': { type: 'string', default: '' },
  },
});
const [dir] = positionals;
if (dir === undefined || !existsSync(dir)) fail(`Folder not found: ${dir ?? ''}.`);
const maxMinutes = Number(values.minutes);
if (!(maxMinutes > 0)) fail(`Invalid number of minutes ${values.minutes}.`);
function sdkFolder(path: string): string {
  if (path !== '' && !existsSync(path)) fail(`Folder not found: ${path}.`);
  return path && resolve(path);
}

const obstacle = sandboxObstacle();
if (obstacle !== undefined) fail(obstacle);

const isRepository = existsSync(join(dir, '.git'));
const root = isRepository ? dirname(resolve(dir)) : resolve(dir);
const names = isRepository
  ? [basename(resolve(dir))]
  : readdirSync(root, { withFileTypes: true }).flatMap((entry) => (entry.isDirectory() ? [entry.name] : []));
if (names.length === 0) fail(`No folders in ${root}.`);
process.exitCode = await runInSandbox({
  projects: root,
  product: resolve('.'),
  sdks: { node: sdkFolder(values['node-sdk']), python: sdkFolder(values['python-sdk']) },
  script: join(SANDBOX.product, 'out/realProjects/inside.mjs'),
  args: [values.json ? 'json' : 'text', ...names],
  maxMinutes,
});
