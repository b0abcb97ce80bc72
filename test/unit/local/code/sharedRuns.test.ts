import { mkdtemp, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createSharedRuns } from '../../../../src/local/code/sharedRuns.ts';
import { PROGRAM_FORMAT, PROGRAM_VARIABLE } from '../../../../src/local/code/typeScript/program.ts';
import { prepareProgram } from '../../../../src/local/code/typeScript/prepareProgram.ts';
import { setCaches } from '../../../support/temporaryCaches.ts';

let folder: string;

beforeEach(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), 'li-runs-')));
});

afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(folder, { recursive: true, force: true });
});

/** Runs that end when the test ends them, with their number as the result. */
function createRuns() {
  const share = createSharedRuns<number>();
  const ends: (() => void)[] = [];
  const fails: ((error: Error) => void)[] = [];
  const call = () =>
    share(
      'key',
      () =>
        new Promise((resolve, reject) => {
          const number = ends.push(() => resolve(number));
          fails.push(reject);
        }),
    );
  return { call, ends, fails };
}

test('calls during a run share the next run, which sees later changes', async () => {
  const { call, ends } = createRuns();
  const first = call();
  const others = [call(), call()];
  expect(ends).toHaveLength(1);
  ends[0]?.();
  expect(await first).toBe(1);
  await expect.poll(() => ends).toHaveLength(2);
  const late = call();
  ends[1]?.();
  expect(await Promise.all(others)).toEqual([2, 2]);
  await expect.poll(() => ends).toHaveLength(3);
  ends[2]?.();
  expect(await late).toBe(3);
});

test('a run that fails doesn’t fail the calls that wait for the next one', async () => {
  const { call, ends, fails } = createRuns();
  const first = call();
  const second = call();
  fails[0]?.(new Error('failed'));
  await expect(first).rejects.toThrow('failed');
  await expect.poll(() => ends).toHaveLength(2);
  ends[1]?.();
  expect(await second).toBe(2);
});

/** A compiler that reads the source, reports that, and waits for the file `go`. */
const SLOW_COMPILER = `
const fs = require('node:fs');
const [, , entry, output] = process.argv;
const code = fs.readFileSync(entry, 'utf8');
const { mtimeMs, size } = fs.statSync(entry);
fs.writeFileSync(__dirname + '/has-read', '');
while (!fs.existsSync(__dirname + '/go'));
fs.writeFileSync(output, JSON.stringify({ format: ${PROGRAM_FORMAT}, files: { [entry]: { code } }, inputs: { [entry]: [mtimeMs, size] }, notes: [] }));
`;

test('a file that is saved while its program is compiled for another process is compiled again', async () => {
  setCaches(folder);
  await writeFile(join(folder, 'typeScript.js'), SLOW_COMPILER);
  const entry = join(folder, 'index.ts');
  await writeFile(entry, 'first');
  const before = prepareProgram(entry, folder);
  await expect.poll(() => readFile(join(folder, 'has-read'), 'utf8').catch(() => undefined)).toBe('');
  await writeFile(entry, 'saved');
  const after = prepareProgram(entry, folder);
  await writeFile(join(folder, 'go'), '');
  await before;
  const prepared = await after;
  const program = await readFile(prepared?.environment[PROGRAM_VARIABLE] ?? '', 'utf8');
  expect(program).toContain('saved');
});
