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

describe.runIf(process.platform === 'linux')('on Linux', () => {
  let sockets: TemporaryWorkspace;
  let before: string[];

  beforeAll(async () => {
    before = await listeningAddresses();
    sockets = await startTemporaryWorkspace(
      { 'index.js': 'exports.handler = async () => 1;' },
      { one: { handler: 'index.handler' } },
    );
  });

  afterAll(() => sockets.close());

  test('the endpoint and the Runtime API of a function listen on 127.0.0.1 only', async () => {
    expect((await sockets.invoke('one')).result).toBe(1);
    const addresses = await listeningAddresses();
    // Other tests may still be listening in this process.
    expect(addresses.length).toBeGreaterThanOrEqual(before.length + 2);
    expect(new Set(addresses)).toEqual(new Set(['0100007F']));
  });
});
