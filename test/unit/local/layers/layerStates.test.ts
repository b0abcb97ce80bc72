import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { ControlRequest, LocalFunctionsView } from '../../../../src/core/functions/localFunctionView.ts';
import { toSentence } from '../../../../src/core/messages/messages.ts';
import { LOCAL_RUNTIMES } from '../../../support/localRuntimes.ts';
import { startTemporaryWorkspace, type TemporaryWorkspace } from '../../../support/temporaryWorkspace.ts';
import { zipFile } from '../../../support/zipFile.ts';
import { setCaches } from '../../../support/temporaryCaches.ts';

const POWERTOOLS = 'arn:aws:lambda:eu-west-1:017000801446:layer:AWSLambdaPowertoolsPythonV3-python312-x86_64:7';
const INSIGHTS = 'arn:aws:lambda:eu-west-1:580247275435:layer:LambdaInsightsExtension:38';

let workspace: TemporaryWorkspace;

beforeEach(() => {
  setCaches(resolve('out/cache'));
});

afterEach(async () => {
  vi.unstubAllEnvs();
  await workspace.close();
});

async function start(files: Record<string, string>, functions: object, layers: Record<string, unknown> = {}) {
  workspace = await startTemporaryWorkspace(files, functions, { layers });
}

/** The notes of the first function in the Functions view, with the workspace folder as `~`. */
async function notes(): Promise<string[]> {
  const request: ControlRequest = { what: 'functions' };
  const { functions } = (await workspace.endpoint.control(request)) as LocalFunctionsView;
  const all = (functions[0]?.notes ?? []).filter(({ code }) => code !== 'runsOn');
  return all.map((note) => toSentence(note).replaceAll(workspace.folder, '~'));
}

const PYTHON = { handler: 'app.handler', runtime: 'python3.12', timeout: 60 };
const NODE = { handler: 'app.handler', timeout: 60 };

const IMPORTS = { 'app.py': 'import shared\ndef handler(event, context): return shared.NAME' };
const REQUIRES = { 'app.js': "exports.handler = async () => require('shared');" };

const FILES_NOTE = "The modules of layers are loaded locally, but files can't be opened by their path in /opt.";

describe('a change of a layer', () => {
  test('applies to the next invocation', async () => {
    await start(
      { 'src/app.py': IMPORTS['app.py'], 'layers/common/python/shared.py': "NAME = 'before'" },
      { f: { ...PYTHON, codeUri: 'src', layers: ['layers/common'] } },
    );
    expect((await workspace.invoke('f')).result).toBe('before');
    await workspace.write('layers/common/python/shared.py', "NAME = 'and after'");
    expect((await workspace.invoke('f')).result).toBe('and after');
  });

  test('applies if it is a module in node_modules', async () => {
    const file = 'layers/common/nodejs/node_modules/shared/index.js';
    await start({ ...REQUIRES, [file]: "module.exports = 'before';" }, { f: { ...NODE, layers: ['layers/common'] } });
    expect((await workspace.invoke('f')).result).toBe('before');
    await workspace.write(file, "module.exports = 'and after';");
    expect((await workspace.invoke('f')).result).toBe('and after');
  });

  test('applies if the folder appears', async () => {
    const code = `try { exports.from = require('shared'); } catch { exports.from = 'nowhere'; }
      exports.handler = async () => exports.from;`;
    await start({ 'app.js': code }, { f: { ...NODE, layers: ['layers/common'] } });
    expect((await workspace.invoke('f')).result).toBe('nowhere');
    expect(await notes()).toEqual([
      "The folder ~/layers/common with the content of the layer layers/common doesn't exist.",
    ]);
    await workspace.write('layers/common/nodejs/node_modules/shared/index.js', "module.exports = 'here';");
    expect((await workspace.invoke('f')).result).toBe('here');
    expect(await notes()).toEqual([FILES_NOTE]);
  });
});

describe('a layer that is not in the workspace', () => {
  test('is named', async () => {
    await start(IMPORTS, { f: { ...PYTHON, layers: [POWERTOOLS, INSIGHTS] } });
    expect(await notes()).toEqual([
      `These layers aren't loaded locally: ${POWERTOOLS}. Map them to folders with lambdaInvoke.local.layers.`,
      `Extensions don't run locally: ${INSIGHTS}.`,
    ]);
    expect((await workspace.invoke('f')).log).toContain(`[Lambda Invoke] These layers aren't loaded locally`);
  });

  test('is loaded from the folder that a setting maps it to', async () => {
    await start(
      { ...IMPORTS, 'opt/powertools/python/shared.py': "NAME = 'mapped'" },
      { f: { ...PYTHON, layers: [POWERTOOLS] } },
      { '*': 5, 'arn:aws:lambda:*:layer:Other*': 'nowhere', '*:layer:AWSLambdaPowertoolsPythonV3*': 'opt/powertools' },
    );
    expect((await workspace.invoke('f')).result).toBe('mapped');
    expect(await notes()).toEqual([FILES_NOTE]);
  });

  test('can be mapped while the endpoint runs', async () => {
    await start(
      { ...IMPORTS, 'opt/powertools/python/shared.py': "NAME = 'mapped'" },
      { f: { ...PYTHON, layers: [POWERTOOLS] } },
    );
    expect((await workspace.invoke('f')).FunctionError).toBe('Unhandled');
    const { folder, endpoint } = workspace;
    endpoint.configure({ ...LOCAL_RUNTIMES, folders: [folder], layers: { '*': join(folder, 'opt/powertools') } });
    expect((await workspace.invoke('f')).result).toBe('mapped');
  });
});

test('extensions in layers do not run, and a note names them', async () => {
  await start(
    { ...REQUIRES, 'layers/own/extensions/collector': '#!/bin/sh\nexit 1\n' },
    { f: { ...NODE, layers: ['layers/own'] } },
  );
  expect(await notes()).toEqual([FILES_NOTE, "Extensions don't run locally: collector."]);
});

describe('a layer in a ZIP file', () => {
  const writeLayer = async (text: string) => {
    const content = zipFile([{ name: 'nodejs/node_modules/shared.js', text: `module.exports = '${text}';` }]);
    await writeFile(join(workspace.folder, 'layer.zip'), content);
  };

  test('is loaded, and its changes apply to the next invocation', async () => {
    await start(REQUIRES, { f: { ...NODE, layers: ['layer.zip'] } });
    await writeLayer('first');
    expect((await workspace.invoke('f')).result).toBe('first');
    expect(await notes()).toEqual([FILES_NOTE]);
    await writeLayer('the second');
    await expect.poll(async () => (await workspace.invoke('f')).result).toBe('the second');
  });

  test('that cannot be unpacked is an error', async () => {
    await start({ ...REQUIRES, 'layer.zip': 'PK' }, { f: { ...NODE, layers: ['layer.zip'] } });
    expect((await workspace.invoke('f')).result).toMatchObject({ errorMessage: expect.stringContaining('layer.zip') });
  });
});

test('a note says that a layer has to be built for its packages', async () => {
  const template = `Resources:
  F:
    Type: AWS::Serverless::Function
    Properties: { CodeUri: src, Handler: app.handler, Runtime: python3.12, Timeout: 60, Layers: [!Ref Common] }
  Common:
    Type: AWS::Serverless::LayerVersion
    Properties: { ContentUri: common }
    Metadata: { BuildMethod: python3.12 }`;
  const files = {
    'template.yaml': template,
    'src/app.py': IMPORTS['app.py'],
    'common/requirements.txt': 'requests\n',
    'common/shared.py': "NAME = 'source'",
  };
  await start(files, {});
  expect(await notes()).toEqual([
    "The layer Common isn't built, so its packages may be missing. Run sam build.",
    FILES_NOTE,
  ]);
  expect((await workspace.invoke('F')).result).toBe('source');
  await mkdir(join(workspace.folder, '.aws-sam/build/Common/python'), { recursive: true });
  expect(await notes()).toEqual([FILES_NOTE]);
  await rm(join(workspace.folder, 'common'), { recursive: true });
  expect((await workspace.invoke('F')).FunctionError).toBe('Unhandled');
});
