import { mkdir, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { addPythonEnvironment } from '../../../support/pythonEnvironment.ts';
import { startTemporaryWorkspace, type TemporaryWorkspace } from '../../../support/temporaryWorkspace.ts';

const imports = (name: string) => `import x from '@aws-sdk/${name}';`;

const FILES = {
  'node_modules/@aws-sdk/in-workspace/package.json': '{}',
  'app/index.mjs': `${imports('client-s3')} ${imports('in-workspace')} ${imports('in-app')}`,
  'app/node_modules/@aws-sdk/in-app/package.json': '{}',
  'app/node_modules/dependency/index.js': imports('of-dependency'),
  'app/.hidden/index.js': imports('hidden'),
  'app/lib/deep/more.cts': "const x = require('@smithy/types');",
  'app/lib/notes.md': imports('notes'),
  'other/index.js': imports('client-sqs'),
  'old/index.js': imports('client-old'),
  'py/app.py': 'import json\n',
  'py/lib/data.py': 'import boto3\n',
  'plain/app.py': 'import json\n',
  'bundled/app.py': 'import boto3\n',
  'bundled/boto3/__init__.py': '',
};

const FUNCTIONS = {
  app: { handler: 'index.handler', runtime: 'nodejs22.x', codeUri: 'app' },
  other: { handler: 'index.handler', runtime: 'nodejs18.x', codeUri: 'other' },
  old: { handler: 'index.handler', runtime: 'nodejs16.x', codeUri: 'old' },
  py: { handler: 'app.handler', runtime: 'python3.12', codeUri: 'py' },
  plain: { handler: 'app.handler', runtime: 'python3.12', codeUri: 'plain' },
  bundled: { handler: 'app.handler', runtime: 'python3.12', codeUri: 'bundled' },
};

let workspace: TemporaryWorkspace;

beforeAll(async () => {
  workspace = await startTemporaryWorkspace(FILES, FUNCTIONS);
  addPythonEnvironment(workspace.folder);
});

afterAll(() => workspace.close());

const ask = (name?: string) => workspace.endpoint.control({ what: 'sdkImports', ...(name !== undefined && { name }) });

test('the imports of a function include only what its project lacks', async () => {
  expect(await ask('app')).toEqual({ node: ['@aws-sdk/client-s3', '@smithy/types'], python: false, withoutSdk: [] });
});

test.each([
  ['a runtime that includes no SDK for version 3', 'old', false],
  ['Python code that imports boto3', 'py', true],
  ['Python code that imports nothing', 'plain', false],
  ['Python code with boto3 next to it', 'bundled', false],
])('%s', async (_, name, python) => {
  expect(await ask(name)).toEqual({ node: [], python, withoutSdk: name === 'old' ? ['nodejs16.x'] : [] });
});

test('without a name, the imports of all functions are found', async () => {
  const node = ['@aws-sdk/client-s3', '@aws-sdk/client-sqs', '@smithy/types'];
  expect(await ask()).toEqual({ node, python: true, withoutSdk: ['nodejs16.x'] });
});

test('boto3 in the Python environment is not missing', async () => {
  const own = await startTemporaryWorkspace(
    { 'app.py': 'import boto3' },
    { f: { handler: 'app.f', runtime: 'python3.12' } },
  );
  try {
    const packages = addPythonEnvironment(own.folder);
    const request = { what: 'sdkImports' } as const;
    expect(await own.endpoint.control(request)).toEqual({ node: [], python: true, withoutSdk: [] });
    await mkdir(join(packages, 'boto3'));
    expect(await own.endpoint.control(request)).toEqual({ node: [], python: false, withoutSdk: [] });
  } finally {
    await own.close();
  }
});

test('links to other folders are not followed', async () => {
  await symlink(join(workspace.folder, 'app'), join(workspace.folder, 'other/link'));
  expect(await ask('other')).toEqual({ node: ['@aws-sdk/client-sqs'], python: false, withoutSdk: [] });
});
