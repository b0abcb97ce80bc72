import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { expectText } from '../support/expectText.ts';
import { screenshotOnFailure } from '../support/screenshotOnFailure.ts';
import { Window } from '../support/window.ts';

const HANDLER = `import { S3Client } from '@aws-sdk/client-s3';
export const handler = async () => new S3Client().from;`;

/** Replaces npm: records its arguments and its folder, and installs a client. */
const NPM = `#!/bin/sh
printf '%s\\n' "$PWD" "$@" >> "$(dirname "$0")/arguments"
echo 'npm notice a line of npm'
[ -e "$(dirname "$0")/fails" ] && { echo 'npm error code ENOTFOUND'; exit 1; }
mkdir -p node_modules/@aws-sdk/client-s3
echo '{ "name": "@aws-sdk/client-s3", "exports": "./index.mjs" }' > node_modules/@aws-sdk/client-s3/package.json
echo 'export class S3Client { from = "the runtime SDK"; }' > node_modules/@aws-sdk/client-s3/index.mjs
echo '{ "dependencies": { "@aws-sdk/client-s3": "3.0.0" } }' > package.json
`;

let programs: string;
let window: Window;

beforeAll(async () => {
  programs = await mkdtemp(join(tmpdir(), 'li-npm-'));
  await writeFile(join(programs, 'npm'), NPM);
  await chmod(join(programs, 'npm'), 0o755);
  const presets = { localFunctions: { reader: { handler: 'reader/index.handler', runtime: 'nodejs22.x' } } };
  // VSCODE_CLI keeps VS Code from replacing the PATH with that of a login shell.
  const env = { VSCODE_CLI: '1', PATH: [programs, process.env['PATH']].join(delimiter) };
  const files = { '.vscode/lambda-invoke.json': JSON.stringify(presets), 'reader/index.mjs': HANDLER };
  window = await Window.open({ files, env });
});

afterEach(({ task }) => screenshotOnFailure(window, task));

afterAll(async () => {
  await window.close();
  await rm(programs, { recursive: true, force: true });
});

const dialog = () => window.page.locator('.monaco-dialog-box');
const install = () => window.form().locator('#result [data-action="installSdk"]');
const calls = async () => readFile(join(programs, 'arguments'), 'utf8').catch(() => '');

test('a function without the SDK of Lambda’s runtime says so and offers to install it', async () => {
  const form = await window.openForm();
  await form.field('FunctionName').fill('reader');
  await form.invoke.click();
  await expectText(form.outcome, 'include "@aws-sdk/client-s3", but it');
  await expectText(install(), 'Install Runtime SDK and Invoke…');
});

test('the command is shown first, and Cancel runs nothing', async () => {
  await install().click();
  await expectText(dialog(), `${join(programs, 'npm')} install --ignore-scripts --no-audit --no-fund --prefix`);
  await expectText(dialog(), /"@aws-sdk\/client-s3@<=\d+\.\d+\.\d+"/);
  await expectText(dialog(), `Folder: ${join(window.userStorage, 'runtimeSdk')}`);
  await expectText(dialog(), 'Contacts: npm registry');
  await dialog().getByRole('button', { name: 'Cancel' }).click();
  await dialog().waitFor({ state: 'hidden' });
  expect(await calls()).toBe('');
});

test('an error of npm is explained', async () => {
  await mkdir(join(programs, 'fails'));
  await install().click();
  await dialog().getByRole('button', { name: 'Install', exact: true }).click();
  await window.notification("Can't reach the package registry.").waitFor();
  await window.command('Notifications: Clear All Notifications');
  await rm(join(programs, 'fails'), { recursive: true });
  await rm(join(programs, 'arguments'));
});

test('after the installation, which runs outside the workspace, the function finds the SDK', async () => {
  const form = await window.openForm();
  await install().click();
  await dialog().getByRole('button', { name: 'Install', exact: true }).click();
  await expectText(form.headline, 'Succeeded');
  await expectText(form.response, '"the runtime SDK"');
  const [cwd = '', ...args] = (await calls()).trim().split('\n');
  expect(cwd.startsWith(join(window.userStorage, 'runtimeSdk/node-'))).toBe(true);
  expect(args).toContain('--ignore-scripts');
  expect(args[args.indexOf('--prefix') + 1]).toBe(cwd);
});

test('the command finds nothing to install anymore', async () => {
  await window.command('Lambda Invoke: Install Runtime SDK…');
  await window.notification('Nothing to install').waitFor();
});
