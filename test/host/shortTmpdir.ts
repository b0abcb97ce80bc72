import { tmpdir } from 'node:os';

/** A socket's path has at most 107 bytes, and `li-123456/tmp/vscode-ipc-<uuid>.sock` takes 66 of them. */
const MAX_BYTES = 40;

/** The temporary folder, or /tmp where its path is too long for the sockets of VS Code and Chromium. */
export function shortTmpdir(): string {
  const isShort = process.platform === 'win32' || Buffer.byteLength(tmpdir()) <= MAX_BYTES;
  return isShort ? tmpdir() : '/tmp';
}
