import { mkdir, symlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { LOCAL_RUNTIMES } from '../../../support/localRuntimes.ts';
import { NODE_PROGRAMS } from '../../../support/nodePrograms.ts';
import { startTemporaryWorkspace, type TemporaryWorkspace } from '../../../support/temporaryWorkspace.ts';
import { METADATA, NEED_COMPILER } from '../../../support/typeScriptCases/compilerCases.ts';
import { SYNTAX_CASES } from '../../../support/typeScriptCases/syntaxCases.ts';
import type { Case } from '../../../support/typeScriptCases/projectCase.ts';
import { MODULE_CASES } from '../../../support/typeScriptCases/moduleCases.ts';
import { COMPILER_NAMES, installCompiler } from '../../../support/typeScriptProject.ts';

const COMPILED: readonly (readonly [number, Case])[] = COMPILER_NAMES.flatMap((_, compiler) =>
  [
    ...SYNTAX_CASES,
    ...MODULE_CASES,
    ...(compiler === 0 ? [] : NEED_COMPILER),
    ...(compiler === 2 ? [METADATA] : []),
  ].map((each) => [compiler, each] as const),
);

describe.each(NODE_PROGRAMS)('%s', (node) => {
  let workspace: TemporaryWorkspace;

  beforeAll(async () => {
    const files = COMPILED.flatMap(([, each], index) =>
      Object.entries(each.files).map(([path, text]) => [`f${index}/${path}`, text] as const),
    );
    const functions = COMPILED.map(([compiler, { handler = 'index.handler' }], index) => {
      const runtime = compiler % 2 === 0 ? 'nodejs20.x' : 'nodejs24.x';
      return [`f${index}`, { handler, runtime, codeUri: `f${index}`, timeout: 30 }] as const;
    });
    const options = { runtimes: { ...LOCAL_RUNTIMES.runtimes, node } };
    workspace = await startTemporaryWorkspace(Object.fromEntries(files), Object.fromEntries(functions), options);
    for (const [index, [compiler, { links = {} }]] of COMPILED.entries()) {
      const folder = join(workspace.folder, `f${index}`);
      await installCompiler(folder, COMPILER_NAMES[compiler] ?? '');
      for (const [name, target] of Object.entries(links)) {
        const path = join(folder, 'node_modules', name);
        await mkdir(dirname(path), { recursive: true });
        await symlink(join(folder, target), path, process.platform === 'win32' ? 'junction' : 'dir');
      }
    }
  });

  afterAll(() => workspace.close());

  test.each(
    COMPILED.map(
      ([compiler, { title, expected }], index) => [COMPILER_NAMES[compiler], title, index, expected] as const,
    ),
  )('with %s, runs %s', async (_, _title, index, expected) => {
    const { result, log } = await workspace.invoke(`f${index}`);
    expect(result).toEqual(expected);
    expect(log).not.toContain('Warning');
    expect(log).not.toContain('[Lambda Invoke] /');
  });
});
