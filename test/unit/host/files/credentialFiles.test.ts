import { link, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { holdsCredentials } from '../../../../src/host/files/credentialFiles.ts';

let folder: string;
let environment: NodeJS.ProcessEnv;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'li-secret-'));
  const home = join(folder, 'home');
  for (const path of ['home/.aws/sso/cache', 'home/.aws/cli/cache', 'home/project/.aws', 'other'])
    await mkdir(join(folder, path), { recursive: true });
  for (const path of [
    'home/.aws/credentials',
    'home/.aws/config',
    'home/.aws/sso/cache/0a.json',
    'home/project/.aws/task.json',
    'home/project/event.json',
    'home/.awsome.json',
    'other/keys',
    'other/token',
  ])
    await writeFile(join(folder, path), '{}');
  await symlink(join(home, '.aws'), join(home, 'project/linked'));
  await symlink('../.aws/credentials', join(home, 'project/innocent.json'));
  await symlink('innocent.json', join(home, 'project/more-innocent.json'));
  await link(join(home, '.aws/credentials'), join(home, 'project/hard.json'));
  await symlink(join(folder, 'other'), join(folder, 'elsewhere'));
  environment = {
    HOME: home,
    AWS_SHARED_CREDENTIALS_FILE: join(folder, 'elsewhere/keys'),
    AWS_CONFIG_FILE: '~/named/config',
    AWS_WEB_IDENTITY_TOKEN_FILE: relative(process.cwd(), join(folder, 'other/token')),
  };
});

afterAll(() => rm(folder, { recursive: true, force: true }));

const at = (path: string) => (path.startsWith('/') ? path : `${folder}/${path}`);

describe('a credentials file is detected', () => {
  test.each([
    'home/.aws/credentials',
    'home/.aws/config',
    'home/.aws',
    'home/.aws/sso/cache/0a.json',
    'home/.aws/cli/cache/not-there-yet.json',
    'home/.aws/login/cache/not-there-yet.json',
    'home/x/../.aws/credentials',
    'home/project/../.aws/./credentials',
    'home//.aws//credentials',
    'home/project/.././.aws/sso/../credentials',
    'home/.AWS/Credentials',
    'home/project/linked/credentials',
    'home/project/linked/sso/cache/0a.json',
    'home/project/innocent.json',
    'home/project/more-innocent.json',
    'home/project/hard.json',
    'other/keys',
    'elsewhere/keys',
    'other/../other/keys',
    'other/token',
    'home/named/config',
    '/proc/self/environ',
    '/proc/1/environ',
    '/proc/self/task/1/environ',
    '/proc/self/../self/environ',
  ])('as %s', async (path) => {
    expect(await holdsCredentials({ scheme: 'file', path: at(path), fsPath: at(path) }, environment)).toBe(true);
  });

  test.each([
    'vscode-remote://ssh-remote+host/home/someone/.aws/credentials',
    'vscode-remote://ssh-remote+host/home/someone/x/../.aws/sso/cache/0a.json',
    'vscode-userdata:/home/someone/.AWS/config',
  ])('on another file system: %s', async (uri) => {
    const { protocol, pathname } = new URL(uri);
    const parsed = { scheme: protocol.replace(':', ''), path: pathname, fsPath: pathname };
    expect(await holdsCredentials(parsed, environment)).toBe(true);
  });
});

describe('other files are not credentials files', () => {
  test.each([
    'home/project/event.json',
    'home/project/.aws/task.json',
    'home/.awsome.json',
    'home/project/not-there.json',
    'nowhere/at/all.json',
    'other/keys.json',
    '/proc/self/status',
  ])('%s', async (path) => {
    expect(await holdsCredentials({ scheme: 'file', path: at(path), fsPath: at(path) }, environment)).toBe(false);
  });

  test('vscode-vfs://github/owner/name/.aws/task.json', async () => {
    const path = '/owner/name/.aws/task.json';
    expect(await holdsCredentials({ scheme: 'vscode-vfs', path, fsPath: path }, environment)).toBe(false);
  });
});
