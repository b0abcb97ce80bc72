import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { LocalFunctionsView } from '../../../../src/core/functions/localFunctionView.ts';
import { LocalEndpoint } from '../../../../src/local/http/localEndpoint.ts';
import { sourceStamp } from '../../../../src/local/workspace/sourceStamp.ts';
import { createChangeWatcher, type ChangeWatcher } from '../../../../src/local/workspace/watching/changeWatcher.ts';
import { createWorkspaceFunctions } from '../../../../src/local/workspace/workspaceFunctions.ts';
import { LOCAL_RUNTIMES } from '../../../support/localRuntimes.ts';
import { createNamedPipes } from '../../../support/createNamedPipes.ts';
import { LOCAL_KEYS, refusal, startLocalWorkspace, type LocalWorkspace } from '../../../support/localWorkspace.ts';

const GOOD =
  'Resources: { Good: { Type: AWS::Serverless::Function, Properties: { Handler: a.b, Runtime: nodejs20.x } } }';
const CIRCLE = `Conditions: { A: !Condition B, B: !Condition A }
Resources: { Bad: { Type: AWS::Serverless::Function, Properties: { Handler: !If [A, a, b] } } }`;
const isWindows = process.platform === 'win32';
const folders: string[] = [];
const watchers: ChangeWatcher[] = [];

async function write(folder: string, name: string, text: string): Promise<void> {
  await mkdir(dirname(join(folder, name)), { recursive: true });
  await writeFile(join(folder, name), text);
}

/** A workspace with a valid template in a subfolder. */
async function workspace(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'li-bad-'));
  folders.push(folder);
  await write(folder, 'good/template.yaml', GOOD);
  return folder;
}

afterAll(async () => {
  for (const watcher of watchers) watcher.close();
  await Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true })));
});

function functionsOf(folder: string) {
  const watcher = createChangeWatcher([folder]);
  watchers.push(watcher);
  return createWorkspaceFunctions([folder], { watcher });
}

async function list(folder: string) {
  const { functions, problems } = await functionsOf(folder).list();
  return { names: functions.map(({ name }) => name), problems: problems.map(({ code, args }) => `${code} ${args[0]}`) };
}

const PRESETS = join('.vscode', 'lambda-invoke.json');
const deep = `${'['.repeat(50_000)}${']'.repeat(50_000)}`;

describe('an invalid file affects only its own functions', () => {
  test.each<[string, string, string[]]>([
    ['template.yaml', CIRCLE, ['templateCircle template.yaml']],
    ['template.yaml', '['.repeat(100_000), ['templateTooDeep template.yaml']],
    ['a/template.json', `{"a":${deep}}`, [`templateTooDeep ${join('a', 'template.json')}`]],
    ['template.yaml', `a: ${'x'.repeat(10_000_000)}`, ['fileTooLarge template.yaml']],
    [
      'serverless.yml',
      `custom: { a: '${'${self:custom.b}'.repeat(3000)}', b: '${'x'.repeat(3000)}' }\nfunctions: { f: { name: '\${self:custom.a}' } }`,
      ['templateTooMuchText serverless.yml'],
    ],
    [PRESETS, `{"presets":[${deep}]}`, []],
    [PRESETS, '['.repeat(100_000), [`presetsBroken ${PRESETS}`]],
    [PRESETS, `[${'1,'.repeat(1_000_001)}1]`, [`presetsTooLarge ${PRESETS}`]],
    [PRESETS, `["${'x'.repeat(10_000_000)}"]`, [`fileTooLarge ${PRESETS}`]],
  ])('%s: %.30j', async (name, text, problems) => {
    const folder = await workspace();
    await write(folder, name, text);
    expect(await list(folder)).toEqual({ names: ['Good'], problems });
  });

  test('folders instead of files', async () => {
    const folder = await workspace();
    await mkdir(join(folder, 'template.yaml'));
    await mkdir(join(folder, PRESETS), { recursive: true });
    expect(await list(folder)).toEqual({ names: ['Good'], problems: [`fileNotRegular ${PRESETS}`] });
  });

  test.skipIf(isWindows)('pipes, devices and circular links', async () => {
    const folder = await workspace();
    await mkdir(join(folder, '.vscode'));
    createNamedPipes(join(folder, 'template.yaml'), join(folder, PRESETS));
    await symlink('/dev/zero', join(folder, 'zero.template.json'));
    await symlink('serverless.yml', join(folder, 'serverless.yml'));
    await symlink('..', join(folder, 'good/up'));
    const { names, problems } = await list(folder);
    expect(names).toEqual(['Good']);
    expect(problems.toSorted()).toEqual([
      `fileNotRegular ${PRESETS}`,
      'fileNotRegular template.yaml',
      'fileNotRegular zero.template.json',
      'fileUnreadable serverless.yml',
    ]);
  });

  test('more templates than the limit', async () => {
    const folder = await workspace();
    await Promise.all(Array.from({ length: 2001 }, (_, index) => write(folder, `z/${index}.template.yaml`, 'a: 1')));
    const { names, problems } = await list(folder);
    expect(names).toEqual(['Good']);
    expect(problems).toEqual(['tooManyTemplates 2000']);
  });

  test('until it is fixed', async () => {
    const folder = await workspace();
    await write(folder, 'template.yaml', CIRCLE);
    const functions = functionsOf(folder);
    expect(await functions.find('Bad')).toBeUndefined();
    await write(folder, 'template.yaml', CIRCLE.replace('!Condition A', '!Equals [a, a]'));
    expect((await functions.find('Bad'))?.fn.handler).toBe('a');
  });
});

describe('in a workspace with invalid files', () => {
  let local: LocalWorkspace;
  beforeAll(async () => {
    local = await startLocalWorkspace();
    await write(local.folder, 'template.yaml', CIRCLE);
    if (!isWindows) createNamedPipes(join(local.folder, 'serverless.yml'));
  });
  afterAll(() => local.close());

  test('functions run', async () => {
    const response = await local.invoke('hello', {});
    expect(response).toMatchObject({ StatusCode: 200 });
    expect(response).not.toHaveProperty('FunctionError');
  });

  test('a function of an invalid file doesn’t exist', async () => {
    expect(await refusal(local.invoke('Bad', {}))).toMatchObject({
      StatusCode: 404,
      name: 'ResourceNotFoundException',
    });
  });
});

test.each(['nodejs20.x', 'python3.12'])('3,000 functions of %s are listed', async (runtime) => {
  const folder = await workspace();
  const one = (index: number) =>
    `  F${index}: { Type: AWS::Serverless::Function, Properties: { Handler: a.b, Runtime: ${runtime} } }`;
  await write(
    folder,
    'template.yaml',
    `Resources:\n${Array.from({ length: 3000 }, (_, index) => one(index)).join('\n')}`,
  );
  const endpoint = new LocalEndpoint({ keys: LOCAL_KEYS, folders: [folder], ...LOCAL_RUNTIMES });
  const { functions } = (await endpoint.control({ what: 'functions' })) as LocalFunctionsView;
  endpoint.close();
  expect(functions).toHaveLength(3001);
});

test.skipIf(isWindows)('the source stamp handles circular links, pipes and deep folders', async () => {
  const folder = await workspace();
  await mkdir(join(folder, ...Array.from({ length: 200 }, () => 'd')), { recursive: true });
  await symlink('..', join(folder, 'd', 'up'));
  createNamedPipes(join(folder, 'pipe.js'));
  const watch = () => Promise.resolve();
  const before = await sourceStamp(folder, watch);
  await write(folder, 'd/d/x.js', '');
  expect(await sourceStamp(folder, watch)).not.toBe(before);
});
