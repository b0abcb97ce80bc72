import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { LOCAL_DEFAULTS } from '../../../../src/core/functions/localFunctions.ts';
import { toSentence } from '../../../../src/core/messages/messages.ts';
import { findPython } from '../../../../src/local/runtimes/pythonEnvironment.ts';
import { startTemporaryWorkspace } from '../../../support/temporaryWorkspace.ts';

let root: string;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'li-venv-'));
});

afterEach(() => rm(root, { recursive: true, force: true }));

/** Creates a virtual environment with an interpreter that only prints its version. */
async function addEnvironment(path: string): Promise<string> {
  const program = join(root, path, 'bin/python');
  await mkdir(dirname(program), { recursive: true });
  await writeFile(join(root, path, 'pyvenv.cfg'), '');
  await writeFile(program, '#!/bin/sh\necho Python 3.12.0\n', { mode: 0o755 });
  return program;
}

/** Creates a virtual environment whose interpreter has been removed. */
async function addBrokenEnvironment(path: string): Promise<void> {
  await mkdir(join(root, path, 'bin'), { recursive: true });
  await writeFile(join(root, path, 'pyvenv.cfg'), '');
  await symlink('/nowhere/bin/python3', join(root, path, 'bin/python'));
}

/** The Python of a function whose template and code are in these folders of the workspace. */
async function pythonIn(template: string, code: string) {
  const { program, notes } = await findPython({
    name: 'f',
    plainName: 'f',
    otherNames: [],
    fn: { ...LOCAL_DEFAULTS, runtime: 'python3.12' },
    taskRoot: join(root, code),
    folder: root,
    file: join(root, template, 'template.yaml'),
    notes: [],
  });
  return { program, notes: notes.map((note) => toSentence(note).replaceAll(root, '~')) };
}

describe('the virtual environment of a function', () => {
  test('is the nearest to its code', async () => {
    const outer = await addEnvironment('.venv');
    expect(await pythonIn('service', 'service/src')).toEqual({ program: outer, notes: [] });
    const atTemplate = await addEnvironment('service/.venv');
    expect((await pythonIn('service', 'service/src')).program).toBe(atTemplate);
    const atCode = await addEnvironment('service/src/venv');
    expect((await pythonIn('service', 'service/src')).program).toBe(atCode);
    expect((await pythonIn('service', 'other')).program).toBe(atTemplate);
  });

  test.each(['.venv', 'venv', 'env'])('can be named %s', async (name) => {
    const program = await addEnvironment(name);
    expect((await pythonIn('', 'src')).program).toBe(program);
  });

  test('is not searched outside the workspace folder', async () => {
    const parent = join(root, 'workspace');
    await addEnvironment('.venv');
    const inWorkspace = { folder: parent, taskRoot: join(parent, 'src'), file: join(parent, 'template.yaml') };
    const fn = { ...LOCAL_DEFAULTS, runtime: 'python3.12' };
    const { program } = await findPython({ name: 'f', plainName: 'f', otherNames: [], fn, notes: [], ...inWorkspace });
    expect(program).not.toContain(root);
  });

  test('is skipped with a note if its interpreter was removed', async () => {
    const outer = await addEnvironment('.venv');
    await addBrokenEnvironment('src/.venv');
    expect(await pythonIn('', 'src')).toEqual({
      program: outer,
      notes: ["The Python of the virtual environment ~/src/.venv doesn't start. Create the environment again."],
    });
  });

  test('is skipped with a note if its interpreter does not start', async () => {
    const program = await addEnvironment('.venv');
    await writeFile(program, '#!/nowhere/python\n');
    expect((await pythonIn('', 'src')).notes).toHaveLength(1);
  });

  test('must have a configuration file', async () => {
    await addEnvironment('env');
    await rm(join(root, 'env/pyvenv.cfg'));
    expect((await pythonIn('', 'src')).program).not.toContain(root);
  });
});

test('a function runs with the packages of its virtual environment', async () => {
  const template = `Resources:
  F:
    Type: AWS::Serverless::Function
    Properties: { CodeUri: src, Handler: app.handler, Runtime: python3.12, Timeout: 60 }`;
  const files = {
    'service/template.yaml': template,
    'service/src/app.py': 'import installed, sys\ndef handler(event, context): return [installed.NAME, sys.prefix]',
  };
  const workspace = await startTemporaryWorkspace(files, {});
  try {
    const path = join(workspace.folder, 'service/.venv');
    execFileSync('python3', ['-m', 'venv', '--without-pip', path]);
    const [packages] = execFileSync(join(path, 'bin/python'), ['-c', 'import site; print(site.getsitepackages()[0])'])
      .toString()
      .split('\n');
    await writeFile(join(packages ?? '', 'installed.py'), "NAME = 'from the environment'");
    expect((await workspace.invoke('F')).result).toEqual(['from the environment', path]);
  } finally {
    await workspace.close();
  }
});
