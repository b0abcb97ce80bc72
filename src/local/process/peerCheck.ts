import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import type { Socket } from 'node:net';
import { endianness } from 'node:os';
import { descendants } from './processTree.ts';

/** The process at the other end of a connection. */
interface Peer {
  readonly uid: number;
  /** Identifies the peer's socket. */
  readonly inode: string;
}

type Addresses = Pick<Socket, 'localAddress' | 'localPort' | 'remoteAddress' | 'remotePort'>;

/** The columns of /proc/net/tcp from the local address on. */
const UID = 6;
const INODE = 8;

/** A socket that no process has anymore. */
const NO_INODE = '0';

/** Java's sockets are in the table for IPv6 even if they connect to an IPv4 address. */
const TABLES = ['/proc/net/tcp', '/proc/net/tcp6'];

function toHex(bytes: readonly number[]): string {
  const ordered = endianness() === 'LE' ? bytes.toReversed() : bytes;
  return Buffer.from(ordered).toString('hex').toUpperCase();
}

const MAPPED_PREFIX = `${'0'.repeat(16)}${toHex([0, 0, 0xff, 0xff])}`;

/** An IPv4 address and port as in /proc/net/tcp. */
function kernelAddress(address: string, port: number): string {
  return `${toHex(address.split('.').map(Number))}:${port.toString(16).toUpperCase().padStart(4, '0')}`;
}

/**
 * Finds the other end of an IPv4 connection in the texts of the system's tables of sockets. Compares addresses too:
 * another user can connect from the same port of 127.0.0.2. Source: proc(5), /proc/net/tcp.
 */
export function findPeer(tables: Iterable<string>, addresses: Addresses): Peer | undefined {
  const { localAddress, localPort, remoteAddress, remotePort } = addresses;
  if (localAddress === undefined || localPort === undefined) return undefined;
  if (remoteAddress === undefined || remotePort === undefined) return undefined;
  // The peer's local address is our remote address.
  const [local, remote] = [kernelAddress(remoteAddress, remotePort), kernelAddress(localAddress, localPort)];
  const starts = [`${local} ${remote} `, `${MAPPED_PREFIX}${local} ${MAPPED_PREFIX}${remote} `];
  for (const table of tables) {
    const start = starts.map((text) => table.indexOf(` ${text}`)).find((index) => index !== -1);
    if (start === undefined) continue;
    const columns =
      table
        .slice(start + 1)
        .split('\n', 1)[0]
        ?.split(/ +/) ?? [];
    const inode = columns[INODE] ?? NO_INODE;
    return inode === NO_INODE ? undefined : { uid: Number(columns[UID]), inode };
  }
  return undefined;
}

function* readTables(): Iterable<string> {
  for (const path of TABLES) {
    try {
      yield readFileSync(path, 'latin1');
    } catch {
      // no IPv6
    }
  }
}

function hasSocket(pid: number, inode: string): boolean {
  const isIt = (file: string) => {
    try {
      return readlinkSync(file) === `socket:[${inode}]`;
    } catch {
      return false; // closed meanwhile
    }
  };
  try {
    const folder = `/proc/${pid}/fd`;
    return readdirSync(folder).some((fd) => isIt(`${folder}/${fd}`));
  } catch {
    return false; // exited meanwhile, or no permission
  }
}

function isInTree(root: number, inode: string): boolean {
  return hasSocket(root, inode) || descendants([root]).some((pid) => hasSocket(pid, inode));
}

/** Whose connection it is: `process` is one of the given process or its descendants. */
export type PeerKind = 'otherUser' | 'sameUser' | 'process' | 'unknown';

/**
 * Finds out who has connected to a server on 127.0.0.1: another user, another process of this user, or a process of the
 * tree below `root`. `unknown` on systems other than Linux, which don't tell.
 */
export function peerKind(socket: Addresses, root: number | undefined): PeerKind {
  const uid = process.getuid?.();
  if (process.platform !== 'linux' || uid === undefined) return 'unknown';
  // A table that changes while it's read can lack a line.
  const peer = findPeer(readTables(), socket) ?? findPeer(readTables(), socket);
  if (peer === undefined) return 'otherUser'; // it has closed the connection already
  if (root !== undefined && isInTree(root, peer.inode)) return 'process';
  return peer.uid === uid ? 'sameUser' : 'otherUser';
}
