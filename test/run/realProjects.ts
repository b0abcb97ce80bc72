// npm run realProjects -- DIR [--json]: reads and runs the functions of all projects below a folder, and prints how many
// were listed, reached, loaded and ran. A project is a folder in DIR, or DIR itself if it is a repository.
import { existsSync, readdirSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { runInSandbox, SANDBOX, sandboxObstacle } from '../realProjects/sandbox.ts';

const USAGE = 'npm run realProjects -- DIR [--json] [--minutes N]';

function fail(problem: string): never {
  console.error(`${problem}\nUsage: ${USAGE}`);
  process.exit(2);
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { json: { type: 'boolean', default: false }, minutes: { type: 'string', default: '60' } },
});
const [dir] = positionals;
if (dir === undefined || !existsSync(dir)) fail(`Folder not found: ${dir ?? ''}.`);
const maxMinutes = Number(values.minutes);
if (!(maxMinutes > 0)) fail(`Invalid number of minutes ${values.minutes}.`);
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
  script: join(SANDBOX.product, 'out/realProjects/inside.mjs'),
  args: [values.json ? 'json' : 'text', ...names],
  maxMinutes,
});
