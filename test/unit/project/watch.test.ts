import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFile, cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parse } from 'jsonc-parser';
import { expect, test } from 'vitest';

interface Task {
  readonly label: string;
  readonly script: string;
  readonly problemMatcher: {
    readonly pattern: { readonly regexp: string };
    readonly background: { readonly beginsPattern: string; readonly endsPattern: string };
  };
}

interface Launch {
  readonly configurations: readonly { readonly args: readonly string[]; readonly preLaunchTask?: string }[];
}

const TIMEOUT_MS = 120_000;

const jsonc = async (path: string): Promise<unknown> => parse(await readFile(path, 'utf8'));
const { tasks } = (await jsonc('.vscode/tasks.json')) as { tasks: readonly Task[] };
const { configurations } = (await jsonc('.vscode/launch.json')) as Launch;
const manifest = JSON.parse(await readFile('package.json', 'utf8')) as { scripts: Record<string, string> };

function watchMatcher(): Task['problemMatcher'] {
  const task = tasks.find(({ label }) => label === 'watch');
  if (task === undefined) throw new Error('The watch task is missing.');
  return task.problemMatcher;
}

const { pattern, background } = watchMatcher();
const isBegin = (line: string) => new RegExp(background.beginsPattern).test(line);
const isEnd = (line: string) => new RegExp(background.endsPattern).test(line);
const problem = (line: string) => new RegExp(pattern.regexp).exec(line)?.slice(1) ?? [];

/** A copy of the sources, because other tests use the dist/ folder of the project. */
async function copyOfSources(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'li-watch-'));
  for (const path of ['src', 'webview', 'test', 'esbuild.mjs', 'package.json', 'tsconfig.json'])
    await cp(path, join(folder, path), { recursive: true });
  await symlink(resolve('node_modules'), join(folder, 'node_modules'), 'junction');
  return folder;
}

test('every task runs an existing script, and every launch configuration has its task', () => {
  expect(tasks.filter(({ script }) => !(script in manifest.scripts))).toEqual([]);
  const labels = tasks.map(({ label }) => label);
  const required = configurations.flatMap(({ preLaunchTask = [] }) => preLaunchTask);
  expect(required.length).toBeGreaterThan(1);
  expect(required.filter((label) => !labels.includes(label))).toEqual([]);
});

test(
  'npm run watch builds with source maps, copies changed files, and reports problems to the problem matcher',
  { timeout: 3 * TIMEOUT_MS },
  async () => {
    const folder = await copyOfSources();
    const [program, ...args] = (manifest.scripts['watch'] ?? '').split(' ');
    expect(program).toBe('node');
    const child = spawn(process.execPath, args, { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] });
    const output: string[] = [];
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => output.push(String(chunk)));
    const lines = () => output.join('').split('\n').slice(0, -1);
    const built = (path: string) => readFile(join(folder, path), 'utf8').catch(() => '');
    const waitUntil = async (check: () => unknown) => {
      await expect.poll(check, { timeout: TIMEOUT_MS }).toBeTruthy();
    };
    const exited = once(child, 'exit');
    try {
      await waitUntil(() => isEnd(lines().at(-1) ?? ''));
      expect(lines().map(isBegin)).toEqual([true, false]);
      for (const bundle of ['dist/extension.js', 'dist/aws/index.mjs', 'dist/webview/form.js']) {
        const text = await built(bundle);
        expect(text, bundle).toContain('sourceMappingURL=data:');
        expect(text.split('\n').length, bundle).toBeGreaterThan(100);
      }
      expect(await built('out/integration/index.js')).toContain('sourceMappingURL');
      expect(await built('out/workspace/events/hello.json')).toBe(
        await readFile('test/workspace/events/hello.json', 'utf8'),
      );

      await appendFile(join(folder, 'webview/form.html'), '<!-- changed -->');
      await waitUntil(async () => (await built('dist/webview/form.html')).endsWith('<!-- changed -->'));
      const bootstrap = 'src/local/runtimes/pythonRuntime/bootstrap.py';
      await appendFile(join(folder, bootstrap), '# changed');
      await waitUntil(async () => (await built('dist/pythonRuntime/bootstrap.py')).endsWith('# changed'));

      await writeFile(join(folder, 'webview/main.ts'), 'const broken: = 1;\n');
      await waitUntil(() => lines().some((line) => problem(line)[0] === 'webview/main.ts'));
      await waitUntil(() => isEnd(lines().at(-1) ?? ''));
      const problems = lines().map(problem);
      expect(problems).toContainEqual(['webview/main.ts', '1', '15', 'error', 'Unexpected "="']);
    } finally {
      child.kill();
      await exited;
      await rm(folder, { recursive: true, force: true });
    }
  },
);
