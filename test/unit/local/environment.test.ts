import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test, vi } from 'vitest';
import type { LocalFunctionsView } from '../../../src/core/functions/localFunctionView.ts';
import { toSentence } from '../../../src/core/messages/messages.ts';
import { startTemporaryWorkspace, type TemporaryWorkspace } from '../../support/temporaryWorkspace.ts';

const CODE = `exports.handler = async () => Object.fromEntries(
  ['V', 'TABLE', 'ARN', 'NEW', 'AWS_PROFILE', 'AWS_ACCESS_KEY_ID'].flatMap((name) =>
    name in process.env ? [[name, process.env[name]]] : []),
);`;

const TEMPLATE = `Resources:
  Table: { Type: AWS::DynamoDB::Table }
  Fn:
    Type: AWS::Serverless::Function
    Properties:
      Handler: index.handler
      Runtime: nodejs22.x
      Environment: { Variables: { V: template, TABLE: !Ref Table, ARN: !GetAtt Table.Arn } }`;

const ARN = 'arn:aws:lambda:us-east-1:000000000000:function:Table';

let current: TemporaryWorkspace | undefined;
const folders: string[] = [];

type Options = Parameters<typeof startTemporaryWorkspace>[2];

async function start(files: Record<string, string> = {}, functions: object = {}, options: Options = {}) {
  current = await startTemporaryWorkspace(
    { 'index.js': CODE, 'template.yaml': TEMPLATE, ...files },
    functions,
    options,
  );
  return current;
}

afterEach(async () => {
  vi.unstubAllEnvs();
  await current?.close();
  current = undefined;
  await Promise.all(folders.splice(0).map((folder) => rm(folder, { recursive: true, force: true })));
});

async function environmentFile(name: string, text: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'li-env-'));
  folders.push(folder);
  await writeFile(join(folder, name), text);
  return join(folder, name);
}

async function viewOf({ endpoint }: TemporaryWorkspace) {
  const { functions, problems } = (await endpoint.control({ what: 'functions' })) as LocalFunctionsView;
  const [fn] = functions;
  const placeholders = await endpoint.control({ what: 'placeholders', name: 'Fn' });
  expect(placeholders).toEqual(fn?.placeholders ?? []);
  return {
    placeholders,
    notes: fn?.notes.map((note) => toSentence(note)).filter((note) => note.includes('laceholder')),
    problems: problems.map((problem) => toSentence(problem)),
    text: JSON.stringify({ functions, problems }),
  };
}

test('a handler sees placeholders, and the function names them', async () => {
  const workspace = await start();
  expect((await workspace.invoke('Fn')).result).toEqual({ V: 'template', TABLE: 'Table', ARN });
  expect(await viewOf(workspace)).toMatchObject({
    placeholders: ['TABLE', 'ARN'],
    notes: [
      'Environment variables with placeholders: TABLE, ARN. Set them in env.json or .env (SAM and CloudFormation), or in .vscode/lambda-invoke.json.',
    ],
    problems: [],
  });
  expect(await workspace.endpoint.control({ what: 'placeholders', name: 'unknown' })).toEqual([]);
});

test('the log of a cold start names placeholders', async () => {
  const { invoke, endpoint } = await start();
  await invoke('Fn');
  expect(await endpoint.control({ what: 'log', name: 'Fn' })).toContain(
    'Environment variables with placeholders: TABLE, ARN.',
  );
});

test('the shell sets declared variables, but its AWS variables and undeclared ones never pass', async () => {
  vi.stubEnv('TABLE', 'from-shell');
  vi.stubEnv('NEW', 'undeclared');
  vi.stubEnv('AWS_PROFILE', 'mine');
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'AKIAIOSFODNN7EXAMPLE');
  const workspace = await start();
  expect((await workspace.invoke('Fn')).result).toEqual({ V: 'template', TABLE: 'from-shell', ARN });
});

describe('changes apply to the next invocation', () => {
  test.each([
    ['.env', 'TABLE=first', 'TABLE=second'],
    ['env.json', '{ "Fn": { "TABLE": "first" } }', '{ "Parameters": { "TABLE": "second" } }'],
  ])('of %s', async (name, first, second) => {
    const { invoke, write } = await start();
    const table = async () => ((await invoke('Fn')).result as Record<string, string>)['TABLE'];
    expect(await table()).toBe('Table');
    await write(name, first);
    expect(await table()).toBe('first');
    await write(name, second);
    expect(await table()).toBe('second');
  });

  test('of an environment file outside the workspace', async () => {
    const path = await environmentFile('test.env', 'TABLE=first');
    const { invoke } = await start({}, {}, { environmentFiles: [path] });
    const table = async () => ((await invoke('Fn')).result as Record<string, string>)['TABLE'];
    expect(await table()).toBe('first');
    await writeFile(path, 'TABLE=second');
    expect(await table()).toBe('second');
  });
});

test('environment files override env.json, the later ones the earlier ones, and localFunctions all', async () => {
  const one = await environmentFile('one.env', 'V=one\nTABLE=one\nARN=one\nNEW=undeclared');
  const two = await environmentFile('two.json', '{ "Fn": { "TABLE": "two", "ARN": "two" } }');
  const files = { 'env.json': '{ "Fn": { "V": "json", "TABLE": "json", "ARN": "json" } }' };
  const functions = { Fn: { environment: { ARN: 'own', NEW: 'added' } } };
  const workspace = await start(files, functions, { environmentFiles: [one, two] });
  expect((await workspace.invoke('Fn')).result).toEqual({ V: 'one', TABLE: 'two', ARN: 'own', NEW: 'added' });
  expect(await viewOf(workspace)).toMatchObject({ placeholders: [], notes: [], problems: [] });
});

test('environment files also set the declared variables of localFunctions', async () => {
  const file = await environmentFile('one.json', '{ "mine": { "V": "file", "NEW": "undeclared" } }');
  const functions = { mine: { handler: 'index.handler', environment: { V: 'own' } } };
  const workspace = await start({}, functions, { environmentFiles: [file] });
  expect((await workspace.invoke('mine')).result).toEqual({ V: 'file' });
});

test('numbers in localFunctions keep their digits', async () => {
  const text =
    '{ "localFunctions": { "mine": { "handler": "index.handler", "timeout": 3.0, "environment": { "V": 12345678901234567890, "NEW": 1.50, /* as written */ } } } }';
  const workspace = await start();
  await workspace.write('.vscode/lambda-invoke.json', text);
  expect((await workspace.invoke('mine')).result).toEqual({ V: '12345678901234567890', NEW: '1.50' });
});

test('values never appear in views, and problems have only a line', async () => {
  const file = await environmentFile('bad.json', '{\n"Fn": { "TABLE": "s3cret-value", }, "V": s3cret-value }');
  const workspace = await start(
    { '.env': 'TABLE=s3cret-value', 'env.json': '{ "Fn": { "V": "s3cret-value" } }' },
    {},
    {
      environmentFiles: [file, '/nowhere/x.env'],
    },
  );
  const { problems, text } = await viewOf(workspace);
  expect(problems).toEqual([
    `${file}, line 2: Expected NAME=value, or JSON with an object of variables for each function. The file isn't used.`,
    "Can't find the environment file /nowhere/x.env. Its variables aren't set.",
  ]);
  expect(text).not.toContain('s3cret-value');
  expect((await workspace.invoke('Fn')).result).toMatchObject({ V: 's3cret-value', TABLE: 's3cret-value' });
  expect(await workspace.endpoint.control({ what: 'log', name: 'Fn' })).not.toContain('s3cret-value');
});
