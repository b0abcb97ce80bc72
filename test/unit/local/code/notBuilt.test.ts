import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { startTemporaryWorkspace, type TemporaryWorkspace } from '../../../support/temporaryWorkspace.ts';

let workspace: TemporaryWorkspace;

afterEach(() => workspace.close());

interface Properties {
  readonly Runtime?: string;
  readonly Handler?: string;
  readonly CodeUri?: string;
  readonly Architectures?: readonly string[];
}

function sam({ Runtime = 'nodejs20.x', Handler = 'app.handler', ...rest }: Properties, Metadata?: object): string {
  const Properties = { Runtime, Handler, ...rest };
  return JSON.stringify({ Resources: { Orders: { Type: 'AWS::Serverless::Function', Properties, Metadata } } });
}

const SERVERLESS =
  'service: shop\nprovider: { name: aws, runtime: nodejs20.x }\nfunctions: { Orders: { handler: dist/app.handler } }\n';
const BUILD = '{ "scripts": { "build": "tsc" } }';
const RUN = process.platform === 'win32' ? '.\\' : './';
const NATIVE = { Runtime: 'provided.al2023', Handler: 'bootstrap', CodeUri: 'src' };
const GO = process.platform === 'linux' ? 'GOOS=linux GOARCH=arm64 go build -o bootstrap' : 'go build -o bootstrap';

async function errorOf(files: Readonly<Record<string, string>>): Promise<string> {
  workspace = await startTemporaryWorkspace(files, {});
  const { result } = await workspace.invoke('Orders');
  const { errorType, errorMessage } = result as Record<string, string>;
  expect(errorType).toBe('Runtime.InvalidEntrypoint');
  return errorMessage ?? '';
}

describe('a code folder that doesn’t exist yet: the error names the command', () => {
  test.each<[string, Readonly<Record<string, string>>, string]>([
    [
      'npm',
      { 'template.yaml': sam({ CodeUri: 'dist' }), 'package.json': BUILD },
      "dist doesn't exist yet. To build the function, run npm run build.",
    ],
    [
      'pnpm, by the lockfile',
      { 'template.yaml': sam({ CodeUri: 'dist' }), 'package.json': BUILD, 'pnpm-lock.yaml': '' },
      "dist doesn't exist yet. To build the function, run pnpm run build.",
    ],
    [
      'yarn, by the lockfile of a workspace of packages',
      { 'api/template.yaml': sam({ CodeUri: 'dist' }), 'api/package.json': BUILD, 'yarn.lock': '' },
      `${join('api/dist')} doesn't exist yet. To build the function, run yarn run build in api.`,
    ],
    [
      'a script with another name',
      {
        'template.yaml': sam({ CodeUri: 'dist' }),
        'package.json': '{ "scripts": { "test": "vitest", "build:orders": "tsc" } }',
      },
      "dist doesn't exist yet. To build the function, run npm run build:orders.",
    ],
    [
      'make',
      { 'template.yaml': sam({ CodeUri: 'dist' }), Makefile: 'build:\n\ttsc\n' },
      "dist doesn't exist yet. To build the function, run make build.",
    ],
    [
      'Gradle, by its wrapper',
      { 'serverless.yml': SERVERLESS, 'build.gradle.kts': '', gradlew: '' },
      `dist doesn't exist yet. To build the function, run ${RUN}gradlew build.`,
    ],
    [
      'Maven',
      { 'template.yaml': sam({ CodeUri: 'target' }), 'pom.xml': '' },
      "target doesn't exist yet. To build the function, run mvn package.",
    ],
    [
      'the Serverless Framework',
      { 'serverless.yml': SERVERLESS },
      "dist doesn't exist yet. To build the function, run serverless package.",
    ],
    [
      'the build script of a Serverless Framework project',
      { 'serverless.yml': SERVERLESS, 'package.json': BUILD },
      "dist doesn't exist yet. To build the function, run npm run build.",
    ],
    [
      'cdk synth',
      {
        'cdk.out/shop.template.json': JSON.stringify({
          Resources: {
            Orders: {
              Type: 'AWS::Lambda::Function',
              Properties: { Runtime: 'nodejs20.x', Handler: 'index.handler', Code: { S3Key: 'x' } },
              Metadata: { 'aws:asset:path': 'asset.0123' },
            },
          },
        }),
      },
      `${join('cdk.out/asset.0123')} doesn't exist yet. To build the function, run cdk synth.`,
    ],
    [
      'none, if none is known',
      { 'template.yaml': sam({ CodeUri: 'nowhere' }) },
      "nowhere doesn't exist. Build the function, or correct the path to its code.",
    ],
  ])('%s', async (_, files, message) => {
    expect(await errorOf(files)).toContain(message);
  });
});

describe('a custom runtime without a bootstrap: the error names the command', () => {
  test.each<[string, Readonly<Record<string, string>>, string]>([
    ['sam build', { 'template.yaml': sam(NATIVE, { BuildMethod: 'go1.x' }) }, 'run sam build.'],
    ['cargo', { 'template.yaml': sam(NATIVE), 'Cargo.toml': '' }, 'run cargo lambda build --release.'],
    ['make', { 'template.yaml': sam(NATIVE), 'src/Makefile': 'build:\n\tgo build\n' }, 'run make build in src.'],
    ['go', { 'template.yaml': sam({ ...NATIVE, Architectures: ['arm64'] }), 'src/go.mod': '' }, `run ${GO} in src.`],
  ])('%s', async (_, files, message) => {
    const error = await errorOf({ ...files, 'src/main.txt': '' });
    expect(error).toMatch(/Couldn't find valid bootstrap\(s\): \[.*bootstrap\]/);
    expect(error).toContain(message);
  });
});

test('the function runs as soon as it’s built', async () => {
  expect(await errorOf({ 'template.yaml': sam({ CodeUri: 'dist' }), 'package.json': BUILD })).toContain('dist');
  await workspace.write('dist/app.js', 'exports.handler = async () => "built";');
  await expect.poll(async () => (await workspace.invoke('Orders')).result).toBe('built');
});

test.skipIf(process.platform === 'win32')('a custom runtime runs as soon as it’s built', async () => {
  expect(await errorOf({ 'template.yaml': sam(NATIVE), 'src/main.txt': '' })).toContain('bootstrap');
  const bootstrap = join(workspace.folder, 'src/bootstrap');
  await writeFile(bootstrap, '#!/bin/sh\nexit 7\n');
  await chmod(bootstrap, 0o755);
  await expect.poll(async () => JSON.stringify(await workspace.invoke('Orders'))).toContain('exit status 7');
});

test('a folder that isn’t an output folder is the handler’s error, as on Lambda', async () => {
  workspace = await startTemporaryWorkspace(
    { 'template.yaml': sam({ CodeUri: 'src', Handler: 'hnadlers/app.handler' }) },
    {},
  );
  await mkdir(join(workspace.folder, 'src'));
  const { result } = await workspace.invoke('Orders');
  expect(result).toMatchObject({ errorType: 'Runtime.ImportModuleError' });
});

test('the list of functions shows a missing code folder', async () => {
  await errorOf({ 'template.yaml': sam({ CodeUri: 'dist' }), 'package.json': BUILD });
  const listing = await workspace.endpoint.control({ what: 'functions' });
  expect(JSON.stringify(listing)).toContain('codeNotBuiltYet');
});
