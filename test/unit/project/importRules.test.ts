import { execFile } from 'node:child_process';
import { cp, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

const FIXTURES = 'test/fixtures/importRules';
const FOLDERS = ['src/core', 'src/protocol', 'src/app', 'src/aws', 'src/local', 'src/host', 'src/cli', 'webview'];

interface Report {
  readonly diagnostics: readonly {
    readonly filename: string;
    readonly code: string;
    readonly labels: readonly { readonly span: { readonly line: number } }[];
  }[];
}

/** The lines with forbidden imports that the linter finds, by file. */
async function rejectedLines(): Promise<Map<string, number[]>> {
  // Outside of the project, whose configuration ignores fixtures.
  const folder = await mkdtemp(join(tmpdir(), 'li-imports-'));
  await cp(FIXTURES, folder, { recursive: true });
  const args = [resolve('node_modules/oxlint/bin/oxlint'), '-c', resolve('.oxlintrc.json'), '--format=json', '.'];
  const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: folder }).catch(
    (failed: { stdout: string }) => failed,
  );
  await rm(folder, { recursive: true });
  const lines = new Map<string, number[]>();
  for (const { filename, code, labels } of (JSON.parse(stdout) as Report).diagnostics) {
    if (!code.includes('no-restricted-imports')) continue;
    lines.set(filename, [...(lines.get(filename) ?? []), ...labels.map(({ span }) => span.line)]);
  }
  return lines;
}

const rejected = await rejectedLines();

test.each(FOLDERS)('the import rules of %s reject every forbidden import', async (folder) => {
  const file = `${folder}/bad.ts`;
  const imports = (await readFile(join(FIXTURES, file), 'utf8'))
    .split('\n')
    .flatMap((line, index) => (line.startsWith('import') ? [index + 1] : []));
  expect(imports.length).toBeGreaterThan(3);
  expect(rejected.get(file)?.toSorted((a, b) => a - b)).toEqual(imports);
});
