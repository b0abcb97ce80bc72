import { endianness } from 'node:os';
import { expect, test } from 'vitest';
import { findPeer } from '../../../../src/local/process/peerCheck.ts';

/** Recorded on Linux 6.18 (little-endian), with other user IDs: a server at 127.0.0.1:43059 and its clients. */
const TCP = `  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
  15: 0100007F:A833 00000000:0000 0A 00000000:00000000 00:00000000 00000000  1000        0 4996435 1 000000002b12021d 100 0 0 10 0
 159: 0100007F:A833 0200007F:8622 01 00000000:00000000 00:00000000 00000000  1000        0 4997644 1 0000000023f797eb 20 0 0 10 -1
 280: 0200007F:8622 0100007F:A833 01 00000000:00000000 00:00000000 00000000 65534        0 4997643 2 000000009126b8d5 20 0 0 10 -1
  55: 0100007F:A833 0100007F:8622 01 00000000:00000000 00:00000000 00000000  1000        0 4996437 1 00000000fcc9d228 20 0 0 10 -1
 187: 0100007F:8622 0100007F:A833 01 00000000:00000000 00:00000000 00000000  1000        0 4996436 2 00000000d2d45970 20 0 0 10 -1
 126: 0100007F:A833 0100007F:8626 01 00000000:00000000 00:00000000 00000000  1000        0 4997641 1 000000009126b8d5 20 0 0 10 -1
 127: 0100007F:8630 0100007F:A833 06 00000000:00000000 03:0000176F 00000000     0        0 0 3 00000000522aec9c
`;
const TCP6 = `  sl  local_address                         remote_address                        st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
   0: 0000000000000000FFFF00000100007F:8626 0000000000000000FFFF00000100007F:A833 01 00000000:00000000 00:00000000 00000000  1001        0 4997640 2 00000000df5d11fa 20 0 0 10 -1
`;

/** The tables as a big-endian machine prints them, if this machine is one. */
function asHere(table: string): string {
  if (endianness() === 'LE') return table;
  return table.replaceAll(/[0-9A-F]{8}(?=[0-9A-F]*:[0-9A-F]{4} )/g, (word) =>
    Buffer.from(word, 'hex').reverse().toString('hex').toUpperCase(),
  );
}

const tables = [TCP, TCP6].map(asHere);

const connection = (remoteAddress: string | undefined, remotePort: number | undefined) => ({
  localAddress: '127.0.0.1',
  localPort: 43059,
  remoteAddress,
  remotePort,
});

test.each([
  ['a client', '127.0.0.1', 34338, { uid: 1000, inode: '4996436' }],
  ['another user’s client with the same port of another address', '127.0.0.2', 34338, { uid: 65534, inode: '4997643' }],
  ['a client with an IPv6 socket', '127.0.0.1', 34342, { uid: 1001, inode: '4997640' }],
  ['a client that has closed its socket', '127.0.0.1', 34352, undefined],
  ['a client that isn’t in the tables', '127.0.0.1', 34000, undefined],
])('finds %s', (_, address, port, expected) => {
  expect(findPeer(tables, connection(address, port))).toEqual(expected);
});

test('a closed socket has no peer', () => {
  expect(findPeer(tables, connection(undefined, undefined))).toBeUndefined();
});
