import { readdir, readFile, readlink } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTemporaryWorkspace, type TemporaryWorkspace } from '../../../support/temporaryWorkspace.ts';

const LISTEN_STATE = '0A';

/** The inodes of the open sockets of this process. */
async function openSockets(): Promise<Set<string>> {
  const files = await readdir('/proc/self/fd');
  const targets = await Promise.all(files.map((file) => readlink(`/proc/self/fd/${file}`).catch(() => '')));
  return new Set(targets.flatMap((target) => /^socket:\[(\d+)\]$/.exec(target)?.[1] ?? []));
}

/** The addresses this process listens on, in the kernel's notation: `0100007F` is 127.0.0.1. */
async function listeningAddresses(): Promise<string[]> {
  const sockets = await openSockets();
  const tables = await Promise.all(['tcp', 'tcp6'].map((name) => readFile(`/proc/self/net/${name}`, 'utf8')));
  return tables
    .flatMap((table) => table.trim().split('\n').slice(1))
    .map((line) => line.trim().split(/\s+/))
    .filter(([, , , state, , , , , , inode = '']) => state === LISTEN_STATE && sockets.has(inode))
    .map(([, address = '']) => address.split(':')[0] ?? '');
}

/** Answers each event, and accepts an address with a path. */
const BOOTSTRAP = `#!/bin/sh
api="http://$AWS_LAMBDA_RUNTIME_API/2018-06-01/runtime/invocation"
exec "${process.execPath}" -e "
const run = async () => {
  const next = await fetch('$api/next');
  const id = next.headers.get('lambda-runtime-aws-request-id');
  await next.text();
  await fetch('$api/' + id + '/response', { method: 'POST', body: JSON.stringify('custom') });
  return run();
};
run();"
`;

describe.runIf(process.platform === 'linux')('on Linux', () => {
  let sockets: TemporaryWorkspace;
  let before: string[];

  beforeAll(async () => {
    before = await listeningAddresses();
    sockets = await startTemporaryWorkspace(
      { 'index.js': 'exports.handler = async () => 1;', 'bootstrap/bootstrap': BOOTSTRAP },
      { one: { handler: 'index.handler' }, custom: { runtime: 'provided.al2023', codeUri: 'bootstrap' } },
    );
  });

  afterAll(() => sockets.close());

  test('a Node.js function has no port, and a custom runtime has one on 127.0.0.1', async () => {
    expect((await sockets.invoke('one')).result).toBe(1);
    const withNode = await listeningAddresses();
    expect(withNode.length).toBe(before.length + 1);
    expect((await sockets.invoke('custom')).result).toBe('custom');
    const addresses = await listeningAddresses();
    expect(addresses.length).toBe(before.length + 2);
    expect(new Set(addresses)).toEqual(new Set(['0100007F']));
  });
});
