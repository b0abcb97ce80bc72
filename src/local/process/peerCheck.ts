import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import type { Socket } from 'node:net';
import { descendants } from './processTree.ts';

/** The process at the other end of a connection, as far as the system tells. Linux only. */
interface Peer {
  readonly uid: number;
  /** Identifies the peer's socket. */
  readonly inode: string;
}

/** The column numbers of /proc/net/tcp. */
const LOCAL_ADDRESS = 1;
const REMOTE_ADDRESS = 2;
const UID = 7;
const INODE = 9;

function portOf(address = ''): number {
  return Number.parseInt(address.slice(address.indexOf(':') + 1), 16);
}

/** A socket that no process has anymore. */
const NO_INODE = '0';

/** Java's sockets are in the table for IPv6 even if they connect to an IPv4 address. */
const TABLES = ['/proc/net/tcp', '/proc/net/tcp6'];

function readTable(path: string): string[] {
  try {
    return readFileSync(path, 'latin1').split('\n');
  } catch {
    return []; // no IPv6
  }
}

/** Finds the other end of a loopback connection in the system's tables of sockets. Source: proc(5), /proc/net/tcp. */
function peerOf({ localPort, remotePort }: Socket): Peer | undefined {
  for (const line of TABLES.flatMap(readTable)) {
    const columns = line.trim().split(/ +/);
    if (portOf(columns[LOCAL_ADDRESS]) !== remotePort || portOf(columns[REMOTE_ADDRESS]) !== localPort) continue;
    const inode = columns[INODE] ?? NO_INODE;
    return inode === NO_INODE ? undefined : { uid: Number(columns[UID]), inode };
  }
  return undefined;
}

function hasSocket(pid: number, inode: string): boolean {
  try {
    const folder = `/proc/${pid}/fd`;
    return readdirSync(folder).some((fd) => readlinkSync(`${folder}/${fd}`) === `socket:[${inode}]`);
  } catch {
    return false; // exited meanwhile
  }
}

/** Whose connection it is: `process` is one of the given process or its descendants. */
export type PeerKind = 'otherUser' | 'sameUser' | 'process' | 'unknown';

/**
 * Finds out who has connected to a server on 127.0.0.1: another user, another process of this user, or a process of the
 * tree below `root`. `unknown` on systems other than Linux, which don't tell.
 */
export function peerKind(socket: Socket, root: number | undefined): PeerKind {
  const uid = process.getuid?.();
  if (process.platform !== 'linux' || uid === undefined) return 'unknown';
  const peer = peerOf(socket);
  if (peer === undefined) return 'otherUser'; // it has closed the connection already
  if (root !== undefined && [root, ...descendants([root])].some((pid) => hasSocket(pid, peer.inode))) return 'process';
  return peer.uid === uid ? 'sameUser' : 'otherUser';
}
