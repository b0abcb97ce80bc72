import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { LocalFunctionsView } from '../../src/core/functions/localFunctionView.ts';
import { LOCAL_RUNTIMES } from '../support/localRuntimes.ts';
import { samTemplate } from '../support/templateTexts.ts';
import { median, timed } from './measure.ts';
import type { Row } from './report.ts';

const KEYS = { accessKeyId: 'LOCALBENCH', secretAccessKey: 'bench' };
const TEMPLATES = 100;
const FUNCTIONS_EACH = 5;
const FILES_EACH = 200;
const EXTENSIONS = ['js', 'json', 'ts', 'json', 'md', 'yaml', 'json', 'css'];
const ROUNDS = 5;

/** 500 functions in 100 templates, half of them with names of their own, among 20,000 files. */
async function createWorkspace(): Promise<string> {
  const workspace = await mkdtemp(join(tmpdir(), 'li-bench-list-'));
  const data = JSON.stringify(Array.from({ length: 50 }, (_, id) => ({ id, name: 'x'.repeat(id) })));
  for (let service = 0; service < TEMPLATES; service++) {
    const folder = join(workspace, 'services', `team${service % 10}`, `service${service}`);
    await mkdir(join(folder, 'src', 'lib'), { recursive: true });
    const names = Array.from({ length: FUNCTIONS_EACH }, (_, index) => `Fn${service}x${index}`);
    await writeFile(join(folder, service % 2 === 0 ? 'template.yaml' : 'stack.yml'), samTemplate(...names));
    for (let file = 1; file < FILES_EACH; file++) {
      const name = `file${file}.${EXTENSIONS[file % EXTENSIONS.length]}`;
      await writeFile(join(folder, file % 2 === 0 ? 'src' : 'src/lib', name), data);
    }
  }
  return workspace;
}

async function listFunctions(child: ChildProcess): Promise<LocalFunctionsView> {
  child.send({ type: 'control', id: 1, request: { what: 'functions' } });
  const [{ value }] = (await once(child, 'message')) as [{ value: LocalFunctionsView }];
  return value;
}

/** The first list of functions of a large workspace, and the list after a template was saved. */
export async function listingRows(): Promise<Row[]> {
  const workspace = await createWorkspace();
  const template = join(workspace, 'services/team3/service3/stack.yml');
  const first: number[] = [];
  const saved: number[] = [];
  try {
    for (let round = 0; round < ROUNDS; round++) {
      const child = fork(resolve('dist/localEndpoint.js'), [], { execArgv: [], stdio: 'ignore' });
      child.send({ type: 'start', options: { keys: KEYS, folders: [workspace], ...LOCAL_RUNTIMES } });
      await once(child, 'message');
      let count = 0;
      first.push(await timed(async () => (count = (await listFunctions(child)).functions.length)));
      if (count !== TEMPLATES * FUNCTIONS_EACH) throw new Error(`${count} functions`);
      await writeFile(template, samTemplate(`Saved${round}`));
      const isListed = async () => (await listFunctions(child)).functions.some(({ name }) => name === `Saved${round}`);
      saved.push(
        await timed(async () => {
          while (!(await isListed()));
        }),
      );
      await writeFile(template, samTemplate(...Array.from({ length: FUNCTIONS_EACH }, (_, index) => `Fn3x${index}`)));
      child.kill();
      await once(child, 'exit');
    }
  } finally {
    await rm(workspace, { recursive: true, force: true });
  }
  const row = (name: string, values: readonly number[], max: number): Row => ({
    name,
    value: median(values),
    unit: 'ms',
    aim: { max, of: 'value' },
  });
  return [
    row('First list of 500 functions among 20,000 files', first, 1500),
    row('List after a template was saved', saved, 400),
  ];
}
