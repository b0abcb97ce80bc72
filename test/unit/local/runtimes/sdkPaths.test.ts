import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addPythonEnvironment } from '../../../support/pythonEnvironment.ts';
import { LOCAL_RUNTIMES } from '../../../support/localRuntimes.ts';
import { NODE_PROGRAMS } from '../../../support/nodePrograms.ts';
import { startTemporaryWorkspace, type TemporaryWorkspace } from '../../../support/temporaryWorkspace.ts';

const clientFrom = (place: string) => ({
  'package.json': '{ "name": "@aws-sdk/client-x", "main": "index.js", "module": "index.js" }',
  'index.js': `exports.from = '${place}';`,
});

function packageIn(folder: string, place = folder): Record<string, string> {
  const entries = Object.entries(clientFrom(place));
  return Object.fromEntries(entries.map(([name, text]) => [`${folder}/@aws-sdk/client-x/${name}`, text]));
}

const boto3 = (folder: string, place = folder) => ({ [`${folder}/boto3/__init__.py`]: `origin = '${place}'\n` });

/** What is installed on this machine. */
const OUTSIDE = {
  ...packageIn('installed/node/node_modules', 'installed'),
  ...packageIn('setting/node_modules', 'setting'),
  ...packageIn('bare', 'bare'),
  ...boto3('installed/python', 'installed'),
  ...boto3('settingPython', 'setting'),
};

const REQUIRES = `exports.handler = async () => require('@aws-sdk/client-x').from;`;
const IMPORTS = `import { from } from '@aws-sdk/client-x'; export const handler = async () => from;`;
const LATER = `export const handler = async () => (await import('@aws-sdk/client-x')).from;`;
const PYTHON = `import boto3, os, sys
def handler(event, context):
    return [boto3.origin, "LAMBDA_INVOKE_SDK" in os.environ, sys.path[-1] == os.path.dirname(os.path.dirname(boto3.__file__))]
`;

const FILES = {
  'requires/index.js': REQUIRES,
  'imports/index.mjs': IMPORTS,
  'later/index.mjs': LATER,
  'own/index.js': REQUIRES,
  ...packageIn('own/node_modules', 'project'),
  'nested/node_modules/dependency/index.js': `exports.from = require('@aws-sdk/client-x').from;`,
  ...packageIn('nested/node_modules/dependency/node_modules', 'nested'),
  'nested/index.mjs': `import { from } from 'dependency'; export const handler = async () => from;`,
  'python/app.py': PYTHON,
  'pythonOwn/app.py': PYTHON,
  ...boto3('pythonOwn', 'project'),
};

const definition = (codeUri: string, runtime: string) => ({ handler: 'index.handler', runtime, codeUri, timeout: 30 });

const FUNCTIONS = {
  requires: definition('requires', 'nodejs22.x'),
  imports: definition('imports', 'nodejs22.x'),
  later: definition('later', 'nodejs22.x'),
  own: definition('own', 'nodejs22.x'),
  nested: definition('nested', 'nodejs22.x'),
  old: definition('requires', 'nodejs16.x'),
  python: { ...definition('python', 'python3.12'), handler: 'app.handler' },
  pythonOwn: { ...definition('pythonOwn', 'python3.12'), handler: 'app.handler' },
};

const MISSING: unknown = expect.stringContaining("Cannot find module '@aws-sdk/client-x'");

let outside: string;
let installedSdks: string;

beforeAll(async () => {
  outside = await mkdtemp(join(tmpdir(), 'li-sdk-'));
  installedSdks = join(outside, 'installed');
  for (const [path, text] of Object.entries(OUTSIDE)) {
    await mkdir(dirname(join(outside, path)), { recursive: true });
    await writeFile(join(outside, path), text);
  }
});

afterAll(() => rm(outside, { recursive: true, force: true }));

function start(runtimes: object = {}): Promise<TemporaryWorkspace> {
  return startTemporaryWorkspace(FILES, FUNCTIONS, {
    runtimes: { ...LOCAL_RUNTIMES.runtimes, installedSdks, ...runtimes },
  });
}

describe.each(NODE_PROGRAMS)('%s', (node) => {
  let workspace: TemporaryWorkspace;

  beforeAll(async () => {
    workspace = await start({ node });
  });

  afterAll(() => workspace.close());

  test.each([
    ['require() of the installed SDK', 'requires', 'installed'],
    ['import of the installed SDK', 'imports', 'installed'],
    ['import() of the installed SDK', 'later', 'installed'],
    ['a package of the project', 'own', 'project'],
    ['a nested package of the project', 'nested', 'nested'],
  ])('finds %s', async (_, name, place) => {
    expect((await workspace.invoke(name)).result).toBe(place);
  });

  test('does not find the SDK for a runtime that lacks it', async () => {
    const { result } = await workspace.invoke('old');
    expect(result).toMatchObject({ errorMessage: MISSING });
  });
});

describe('the folder from the setting', () => {
  test.each([
    ['replaces the installed SDK', 'setting'],
    ['can be the one with the packages', 'bare'],
  ])('%s', async (_, folder) => {
    const workspace = await start({ nodeSdk: join(outside, folder) });
    try {
      expect((await workspace.invoke('requires')).result).toBe(folder);
    } finally {
      await workspace.close();
    }
  });

  test('is named in the log if it does not exist', async () => {
    const nodeSdk = join(outside, 'nowhere');
    const workspace = await start({ nodeSdk, pythonSdk: nodeSdk });
    try {
      const { log, result } = await workspace.invoke('requires');
      expect(log).toContain(`${nodeSdk} with the AWS SDK doesn't exist. Correct lambdaInvoke.local.nodeSdkPath`);
      expect(result).toMatchObject({ errorMessage: MISSING });
      expect((await workspace.invoke('python')).log).toContain('Correct lambdaInvoke.local.pythonSdkPath');
    } finally {
      await workspace.close();
    }
  });
});

describe('Python', () => {
  let workspace: TemporaryWorkspace;

  beforeAll(async () => {
    workspace = await start();
    addPythonEnvironment(workspace.folder);
  });

  afterAll(() => workspace.close());

  test('finds the installed boto3 at the end of the path', async () => {
    expect((await workspace.invoke('python')).result).toEqual(['installed', false, true]);
  });

  test('prefers boto3 of the code', async () => {
    expect((await workspace.invoke('pythonOwn')).result).toEqual(['project', false, false]);
  });

  test('prefers boto3 of the Python environment', async () => {
    const own = await start({ pythonSdk: join(outside, 'settingPython') });
    try {
      const packages = addPythonEnvironment(own.folder);
      expect((await own.invoke('python')).result).toEqual(['setting', false, true]);
      await mkdir(join(packages, 'boto3'));
      await writeFile(join(packages, 'boto3/__init__.py'), "origin = 'environment'\n");
      await own.endpoint.control({ what: 'restart', name: 'python' });
      expect((await own.invoke('python')).result).toEqual(['environment', false, false]);
    } finally {
      await own.close();
    }
  });
});
