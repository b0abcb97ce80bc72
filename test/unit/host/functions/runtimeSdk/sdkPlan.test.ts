import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { npmArguments, BOTO3_VERSION } from '../../../../../src/core/functions/sdkInstall.ts';
import { planInstall, type PlanOptions } from '../../../../../src/host/functions/runtimeSdk/sdkPlan.ts';

const S3 = '@aws-sdk/client-s3';
const SQS = '@aws-sdk/client-sqs';

let root: string;
let programs: string;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'li-plan-'));
  programs = join(root, 'programs');
  await mkdir(programs);
});

afterEach(() => rm(root, { recursive: true, force: true }));

async function addProgram(name: string): Promise<string> {
  const path = join(programs, name);
  await writeFile(path, '#!/bin/sh\n');
  await chmod(path, 0o755);
  return path;
}

async function addInstalled(path: string, text = ''): Promise<void> {
  await mkdir(join(root, path, '..'), { recursive: true });
  await writeFile(join(root, path), text);
}

function plan(options: Partial<PlanOptions>) {
  const settings = { nodeSdk: '', pythonSdk: '', python: '', ...options.settings };
  const imports = { node: [], python: false, withoutSdk: [] };
  return planInstall({ root, env: { PATH: programs }, imports, ...options, settings });
}

test('npm installs what is imported, what the failed function lacks, and what is already installed', async () => {
  const npm = await addProgram('npm');
  await addInstalled(
    'node/package.json',
    JSON.stringify({ dependencies: { '@smithy/core': '3.0.0', other: '1.0.0' } }),
  );
  const missing = { language: 'node', name: SQS } as const;
  const planned = await plan({ imports: { node: [S3], python: false, withoutSdk: [] }, missing });
  const [step] = 'steps' in planned ? planned.steps : [];
  expect(step?.folder.startsWith(join(root, 'node-'))).toBe(true);
  const args = npmArguments([S3, SQS, '@smithy/core'], step?.folder ?? '');
  expect(planned).toEqual({ steps: [{ language: 'node', folder: step?.folder, program: npm, args }] });
});

test('nothing is installed twice', async () => {
  await addProgram('npm');
  await addInstalled('node/package.json', JSON.stringify({ dependencies: { [S3]: '3.0.0' } }));
  await addInstalled(`python/boto3-${BOTO3_VERSION}.dist-info/METADATA`);
  const missing = { language: 'node', name: S3 } as const;
  expect(await plan({ imports: { node: [S3], python: true, withoutSdk: [] }, missing })).toEqual({ steps: [] });
});

test('a broken package.json of the SDK is ignored', async () => {
  await addProgram('npm');
  await addInstalled('node/package.json', '{');
  expect(await plan({ imports: { node: [S3], python: false, withoutSdk: [] } })).toHaveProperty(
    'steps.0.language',
    'node',
  );
});

test('boto3 is installed with the interpreter of the setting, or else of the PATH', async () => {
  const python = await addProgram('python3');
  const missing = { language: 'python', name: 'botocore' } as const;
  expect(await plan({ missing })).toMatchObject({ steps: [{ language: 'python', program: python }] });
  const settings = { nodeSdk: '', pythonSdk: '', python: '/own/python' };
  const imports = { node: [], python: true, withoutSdk: [] };
  expect(await plan({ imports, settings })).toMatchObject({ steps: [{ program: '/own/python' }] });
});

test('both SDKs are planned together', async () => {
  await addProgram('npm');
  await addProgram('python3');
  const planned = await plan({ imports: { node: [S3], python: true, withoutSdk: [] } });
  expect(planned).toMatchObject({ steps: [{ language: 'node' }, { language: 'python' }] });
});

test.each<[string, PlanOptions['imports'], string]>([
  ['npm', { node: [S3], python: false, withoutSdk: [] }, 'npmMissing'],
  ['Python', { node: [], python: true, withoutSdk: [] }, 'pythonMissing'],
])('without %s on the PATH, the problem is reported', async (_, imports, kind) => {
  expect(await plan({ imports })).toEqual({ problem: { kind } });
});

test('a folder from the settings is not replaced', async () => {
  const settings = { nodeSdk: '/own', pythonSdk: '/own', python: '' };
  expect(await plan({ imports: { node: [SQS, S3], python: false, withoutSdk: [] }, settings })).toEqual({
    problem: { kind: 'folderSet', names: `${S3}, ${SQS}`, setting: 'lambdaInvoke.local.nodeSdkPath' },
  });
  expect(await plan({ imports: { node: [], python: true, withoutSdk: [] }, settings })).toEqual({
    problem: { kind: 'folderSet', names: 'boto3', setting: 'lambdaInvoke.local.pythonSdkPath' },
  });
});

test('the SDK is not installed for a runtime that does not include it', async () => {
  await addProgram('npm');
  const missing = { language: 'node', name: S3 } as const;
  expect(await plan({ imports: { node: [], python: false, withoutSdk: ['nodejs16.x'] }, missing })).toEqual({
    problem: { kind: 'notIncluded', name: S3, runtime: 'nodejs16.x' },
  });
});
