import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { LOCAL_RUNTIMES } from '../../../support/localRuntimes.ts';
import { samTemplate } from '../../../support/templateTexts.ts';
import { startTemporaryWorkspace, type TemporaryWorkspace } from '../../../support/temporaryWorkspace.ts';

const CODE = `const { existsSync, writeFileSync } = require('node:fs');
exports.waits = async ({ gate }) => {
  writeFileSync(gate + '-started', '');
  while (!existsSync(gate)) await new Promise((resolve) => setTimeout(resolve, 10));
  return process.pid;
};
exports.profile = async () => process.env.AWS_PROFILE ?? 'none';
exports.pid = async () => process.pid;`;

const open: TemporaryWorkspace[] = [];

async function start(functions: object): Promise<TemporaryWorkspace> {
  const workspace = await startTemporaryWorkspace({ 'index.js': CODE }, functions);
  open.push(workspace);
  return workspace;
}

afterEach(async () => {
  await Promise.all(open.splice(0).map((workspace) => workspace.close()));
});

const exists = (file: string) =>
  readFile(file).then(
    () => true,
    () => false,
  );

test('other folders apply to new invocations, and a running one finishes', async () => {
  const first = await start({ waits: { handler: 'index.waits', timeout: 30 } });
  const second = await start({ pid: { handler: 'index.pid' } });
  const gate = join(first.folder, 'gate');
  const running = first.invoke('waits', { gate });
  await expect.poll(() => exists(`${gate}-started`)).toBe(true);
  first.endpoint.configure({ ...LOCAL_RUNTIMES, folders: [second.folder] });
  expect((await first.invoke('waits', { gate })).exception?.name).toBe('ResourceNotFoundException');
  expect((await first.invoke('pid')).StatusCode).toBe(200);
  await writeFile(gate, '');
  expect((await running).StatusCode).toBe(200);
});

test('other patterns apply to the templates that are searched', async () => {
  const { endpoint, folder, write, invoke } = await start({});
  await write('dist/template.yaml', samTemplate('Built'));
  await write('src/template.yaml', samTemplate('Source'));
  const find = async (name: string) => (await invoke(name, {}, { InvocationType: 'DryRun' })).StatusCode;
  expect([await find('Source'), await find('Built')]).toEqual([204, 404]);
  endpoint.configure({ ...LOCAL_RUNTIMES, folders: [folder], templates: { include: ['dist/**'], exclude: ['src'] } });
  expect([await find('Source'), await find('Built')]).toEqual([404, 204]);
});

test('other settings apply to new invocations, in new processes', async () => {
  process.env['AWS_PROFILE'] = 'of-the-user';
  try {
    const { endpoint, folder, invoke } = await start({
      profile: { handler: 'index.profile' },
      pid: { handler: 'index.pid' },
    });
    const { result: pid } = await invoke('pid');
    expect((await invoke('profile')).result).toBe('none');
    endpoint.configure({ ...LOCAL_RUNTIMES, folders: [folder], hasCredentials: true });
    expect((await invoke('profile')).result).toBe('of-the-user');
    expect((await invoke('pid')).result).not.toBe(pid);
    endpoint.configure({ ...LOCAL_RUNTIMES, folders: [folder], maxProcesses: 0 });
    expect((await invoke('pid')).exception?.name).toBe('TooManyRequestsException');
  } finally {
    delete process.env['AWS_PROFILE'];
  }
});
