import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { installFailure, npmArguments, pipArguments, shownCommand } from '../../../../src/core/functions/sdkInstall.ts';

test('npm installs pinned versions into the folder, without running scripts', async () => {
  const manifest = JSON.parse(await readFile('package.json', 'utf8')) as {
    readonly devDependencies: Readonly<Record<string, string>>;
  };
  const version = manifest.devDependencies['@aws-sdk/client-lambda'];
  expect(npmArguments(['@aws-sdk/client-s3', '@smithy/signature-v4', '@smithy/util-stream'], '/sdk')).toEqual([
    'install',
    '--ignore-scripts',
    '--no-audit',
    '--no-fund',
    '--prefix',
    '/sdk',
    `@aws-sdk/client-s3@<=${version}`,
    `@smithy/signature-v4@${manifest.devDependencies['@smithy/signature-v4']}`,
    '@smithy/util-stream',
  ]);
});

test('pip installs a pinned version from wheels only', () => {
  const args = pipArguments('/sdk').join(' ');
  expect(args).toMatch(/^-m pip install .*--only-binary :all: --target \/sdk boto3==\d+\.\d+\.\d+$/);
});

test('parts of a shown command line are quoted if the shell would change them', () => {
  const shown = shownCommand('/usr/bin/npm', ['--prefix', '/my folder/sdk', '@aws-sdk/client-s3@<=3.1.0', 'C:\\x']);
  expect(shown).toBe('/usr/bin/npm --prefix "/my folder/sdk" "@aws-sdk/client-s3@<=3.1.0" C:\\x');
});

test.each([
  [['npm error code ENOTFOUND', 'npm error network request failed'], { kind: 'offline' }],
  [['npm ERR! code ECONNREFUSED'], { kind: 'offline' }],
  [["WARNING: Retrying after connection broken by 'NewConnectionError(…)'", 'ERROR: No matching'], { kind: 'offline' }],
  [['/usr/bin/python3: No module named pip'], { kind: 'noPip' }],
  [['npm error code ETARGET', 'npm error notarget No match'], { kind: 'other', line: 'npm error notarget No match' }],
  [['ERROR: No matching distribution', 'note'], { kind: 'other', line: 'ERROR: No matching distribution' }],
  [['spawn EACCES'], { kind: 'other', line: 'spawn EACCES' }],
  [[], { kind: 'other' }],
])('the reason of a failed installation: %j', (lines, failure) => {
  expect(installFailure(lines)).toEqual(failure);
});
