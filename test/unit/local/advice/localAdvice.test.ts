import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { decodeLogResult } from '../../../../src/core/outcome/logTail.ts';
import { toOutcome } from '../../../../src/core/outcome/outcome.ts';
import { toSentence } from '../../../../src/core/messages/messages.ts';
import { startTemporaryWorkspace, type TemporaryWorkspace } from '../../../support/temporaryWorkspace.ts';

const LAYER = 'arn:aws:lambda:eu-west-1:017000801446:layer:Shared:7';

const NODE = { handler: 'src/app.handler', timeout: 60 };
const PYTHON = { handler: 'app.handler', codeUri: 'src', runtime: 'python3.12', timeout: 60 };

let workspace: TemporaryWorkspace | undefined;

afterEach(() => workspace?.close());

/** The advice for the error of a function, with the workspace folder as `~`. */
async function adviceFor(files: Record<string, string>, fn: object): Promise<string | undefined> {
  workspace = await startTemporaryWorkspace(files, { f: fn });
  return currentAdvice();
}

async function currentAdvice(): Promise<string | undefined> {
  const { FunctionError, advice, log } = (await workspace?.invoke('f')) ?? {};
  expect(FunctionError).toBe('Unhandled');
  const sentence = advice === undefined ? undefined : toSentence(advice);
  expect(log).toContain(`${sentence === undefined ? '' : `[Lambda Invoke] ${sentence}\n`}END RequestId`);
  return sentence?.replaceAll(workspace?.folder ?? '', '~');
}

const requires = (name: string) => ({ 'src/app.js': `require('${name}'); exports.handler = async () => 1;` });
const imports = (name: string) => ({ 'src/app.py': `import ${name}\ndef handler(event, context): return 1` });

describe('a package that package.json lists', () => {
  test.each([
    ['package-lock.json', 'npm install'],
    ['yarn.lock', 'yarn install'],
    ['pnpm-lock.yaml', 'pnpm install'],
    ['other.txt', 'npm install'],
  ])('is installed with the package manager of %s', async (lockFile, command) => {
    const files = {
      ...requires('lodash/get'),
      'package.json': '{ "dependencies": { "lodash": "4" } }',
      [lockFile]: '',
    };
    expect(await adviceFor(files, NODE)).toBe(
      `The package "lodash" is listed in ~/package.json, but isn't installed. In that folder, run: ${command}`,
    );
  });

  test('is found nearest to the code, also for import', async () => {
    const files = {
      'package.json': '{ "dependencies": { "@org/tool": "1" } }',
      'src/package.json': '{ "type": "module", "devDependencies": { "@org/tool": "1" } }',
      'src/app.js': `import '@org/tool/part'; export const handler = async () => 1;`,
    };
    expect(await adviceFor(files, { ...NODE, handler: 'app.handler', codeUri: 'src' })).toContain(
      '"@org/tool" is listed in ~/src/package.json',
    );
  });
});

describe('a package that requirements.txt lists', () => {
  test('is installed into a new environment if there is none', async () => {
    const files = {
      ...imports('sklearn'),
      'src/requirements.txt': '# comment\nscikit-learn>=1 # for models\nrequests\n',
    };
    expect(await adviceFor(files, PYTHON)).toBe(
      'The package "sklearn" is listed in ~/src/requirements.txt, but isn\'t installed. In that folder, run: ' +
        'python3 -m venv .venv && .venv/bin/python -m pip install -r requirements.txt',
    );
  });

  test('is installed into the environment of the project', async () => {
    const files = { ...imports('missing_package.part'), 'requirements.txt': 'Missing.Package[extra]==1\n' };
    workspace = await startTemporaryWorkspace(files, { f: PYTHON });
    execFileSync('python3', ['-m', 'venv', '--without-pip', join(workspace.folder, '.venv')]);
    expect(await currentAdvice()).toContain(
      'In that folder, run: ~/.venv/bin/python -m pip install -r requirements.txt',
    );
  });
});

describe('a package that the file of another tool lists', () => {
  const POETRY = '[tool.poetry.dependencies]\npython = "^3.12"\nscikit-learn = "^1"\n';
  const PROJECT = '[project]\nname = "orders"\ndependencies = ["requests", "scikit-learn>=1"]\n';

  test.each([
    ['uv', { 'pyproject.toml': PROJECT, 'uv.lock': '' }, 'pyproject.toml', 'uv sync'],
    ['a workspace of uv', { 'src/pyproject.toml': PROJECT, 'uv.lock': '' }, 'src/pyproject.toml', 'uv sync'],
    [
      'Poetry',
      { 'pyproject.toml': POETRY },
      'pyproject.toml',
      'poetry config virtualenvs.in-project true --local && poetry install --no-root',
    ],
    ['Pipenv', { Pipfile: '[packages]\nscikit-learn = "*"\n' }, 'Pipfile', 'PIPENV_VENV_IN_PROJECT=1 pipenv install'],
    [
      'pip',
      { 'pyproject.toml': PROJECT },
      'pyproject.toml',
      'python3 -m venv .venv && .venv/bin/python -m pip install .',
    ],
  ])('is installed with %s into an environment that is found', async (_, files, file, command) => {
    expect(await adviceFor({ ...imports('sklearn'), ...files }, PYTHON)).toBe(
      `The package "sklearn" is listed in ~/${file}, but isn't installed. In that folder, run: ${command}`,
    );
  });

  test('has no advice if the file isn’t valid', async () => {
    expect(await adviceFor({ ...imports('sklearn'), 'pyproject.toml': '[project\nsklearn' }, PYTHON)).toBeUndefined();
  });
});

describe('a package that no file lists', () => {
  test('has no advice', async () => {
    const files = { ...requires('lodash'), 'package.json': '{ "dependencies": { "other": "1" } }' };
    expect(await adviceFor(files, NODE)).toBeUndefined();
  });

  test('may be in a layer that is not in the workspace', async () => {
    expect(await adviceFor(imports('shared'), { ...PYTHON, layers: [LAYER] })).toBe(
      `Can't find "shared", which may be in a layer that isn't loaded: ${LAYER}. Install the package, or map the layer to a folder with lambdaInvoke.local.layers.`,
    );
  });

  test('is not expected in a layer if it is the module in Handler, or part of the runtime', async () => {
    expect(await adviceFor({}, { ...NODE, layers: [LAYER] })).toBeUndefined();
    await workspace?.close();
    expect(await adviceFor({ 'src/other.py': '' }, { ...PYTHON, layers: [LAYER] })).toBeUndefined();
    await workspace?.close();
    expect(await adviceFor(requires('@aws-sdk/client-s3'), { ...NODE, layers: [LAYER] })).toBeUndefined();
  });
});

test('a package of a layer in the workspace is installed by building it', async () => {
  const template = `Resources:
  f:
    Type: AWS::Serverless::Function
    Properties: { CodeUri: src, Handler: app.handler, Runtime: python3.12, Timeout: 60, Layers: [!Ref Common] }
  Common:
    Type: AWS::Serverless::LayerVersion
    Properties: { ContentUri: common }
    Metadata: { BuildMethod: python3.12 }`;
  workspace = await startTemporaryWorkspace(
    { 'template.yaml': template, ...imports('missing_package'), 'common/requirements.txt': 'missing-package\n' },
    {},
  );
  expect(await currentAdvice()).toBe(
    'The package "missing_package" of the layer Common isn\'t installed. Run sam build.',
  );
});

test('a handler that a plugin adds when it packages the function is added by its command', async () => {
  const advice = await adviceFor({ 'src/app.py': '' }, { ...PYTHON, handler: 'wsgi_handler.handler' });
  expect(advice).toContain('run serverless wsgi install.');
});

describe('a file below /opt', () => {
  test.each([
    [NODE, { 'src/app.js': `exports.handler = async () => require('node:fs').readFileSync('/opt/li/config.json');` }],
    [PYTHON, { 'src/app.py': `def handler(event, context): return open('/opt/li/config.json').read()` }],
  ])("can't be opened", async (fn, files) => {
    expect(await adviceFor(files, fn)).toBe(
      "Can't open /opt/li/config.json, because layers aren't extracted to /opt locally. Set the path in an environment variable instead.",
    );
  });

  test('may be in a layer that is not in the workspace', async () => {
    expect(await adviceFor(requires('/opt/nodejs/shared'), { ...NODE, layers: [LAYER] })).toContain(
      `Can't find /opt/nodejs/shared, which may be in a layer that isn't loaded: ${LAYER}.`,
    );
  });
});

test('the advice is that of the result, also of a streaming response', async () => {
  const files = { ...requires('lodash'), 'package.json': '{ "dependencies": { "lodash": "4" } }' };
  workspace = await startTemporaryWorkspace(files, { f: NODE });
  const fields = { InvokeMode: 'RESPONSE_STREAM' as const };
  for (const mode of [{}, fields]) {
    const { advice, result, log, FunctionError = '', ...response } = await workspace.invoke('f', {}, mode);
    expect(advice?.code).toBe('adviceInstall');
    const outcome = toOutcome(
      {
        ...response,
        FunctionError,
        Payload: Buffer.from(JSON.stringify(result) ?? ''),
        LogResult: Buffer.from(log).toString('base64'),
        connection: { kind: 'local' },
        ...(advice !== undefined && { advice }),
      },
      { clientMs: 1, notes: [] },
    );
    expect(outcome).toMatchObject({ diagnosis: { advice: { code: 'adviceInstall' } } });
    expect(outcome).not.toHaveProperty('advice');
    expect(decodeLogResult(Buffer.from(log).toString('base64'))?.text).toContain('[Lambda Invoke] The package');
  }
});
