import { execFile } from 'node:child_process';
import { cp, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

const FIXTURE = 'test/fixtures/testRules/cannotFail.test.ts';

interface Report {
  readonly diagnostics: readonly {
    readonly code: string;
    readonly labels: readonly { readonly span: { readonly line: number } }[];
  }[];
}

/** The problems that the linter finds in a test file, as `line rule`. */
async function lintTests(file: string): Promise<string[]> {
  // Outside of the project, whose configuration ignores fixtures.
  const folder = await mkdtemp(join(tmpdir(), 'li-rules-'));
  await cp(file, join(folder, 'test/unit/some.test.ts'));
  const args = [resolve('node_modules/oxlint/bin/oxlint'), '-c', resolve('.oxlintrc.json'), '--format=json', '.'];
  const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: folder }).catch(
    (failed: { stdout: string }) => failed,
  );
  await rm(folder, { recursive: true });
  return (JSON.parse(stdout) as Report).diagnostics
    .filter(({ code }) => code.startsWith('vitest'))
    .flatMap(({ code, labels }) => labels.slice(0, 1).map(({ span }) => `${span.line} ${/\((.+)\)/.exec(code)?.[1]}`));
}

test('the linter detects tests that can’t fail', async () => {
  const lines = (await readFile(FIXTURE, 'utf8')).split('\n');
  const expected = lines.flatMap((line, index) => {
    const [, rule] = / \/\/ ([\w-]+)$/.exec(line) ?? [];
    return rule === undefined ? [] : [`${index + 1} ${rule}`];
  });
  expect(expected.length).toBeGreaterThan(12);
  expect([...new Set(await lintTests(FIXTURE))].toSorted()).toEqual(expected.toSorted());
});
