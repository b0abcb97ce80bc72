import { constants, type Stats } from 'node:fs';
import { open, stat, type FileHandle } from 'node:fs/promises';
import { isUtf16 } from '../../core/json/decodeText.ts';
import { message, type Message } from '../../core/messages/messages.ts';

/** Prevents blocking on a pipe and acquiring a controlling terminal. Neither exists on Windows. */
const FLAGS = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0) | (constants.O_NOCTTY ?? 0);

/** The read size in bytes. Files are read in chunks because they may grow meanwhile. */
const CHUNK_BYTES = 65_536;

/** The status of a file. `stamp` changes whenever the content may have changed. */
export type FileStatus =
  | { readonly kind: 'regular'; readonly stamp: string }
  | { readonly kind: 'missing' }
  | { readonly kind: 'problem'; readonly problem: Message };

export type FileBytes =
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array }
  | { readonly kind: 'missing' }
  | { readonly kind: 'problem'; readonly problem: Message };

export type FileText =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'missing' }
  | { readonly kind: 'problem'; readonly problem: Message };

interface Source {
  readonly path: string;
  /** The file's name in messages. */
  readonly label: string;
  readonly maxBytes: number;
}

const MISSING = { kind: 'missing' } as const;
const MEGABYTE = 1_000_000;

function tooLarge({ label, maxBytes }: Source): Message {
  return message('fileTooLarge', label, maxBytes / MEGABYTE);
}

function problemOf(stats: Stats, source: Source): Message | undefined {
  if (!stats.isFile()) return message('fileNotRegular', source.label);
  return stats.size > source.maxBytes ? tooLarge(source) : undefined;
}

function toProblem(error: unknown, { label }: Source) {
  const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
  if (code === 'ENOENT' || code === 'ENOTDIR') return MISSING;
  return { kind: 'problem', problem: message('fileUnreadable', label, code) } as const;
}

/**
 * Checks a file without opening it. Pipes, sockets, devices, folders and files larger than `maxBytes` are problems.
 * Never rejects.
 */
export async function statRegularFile(source: Source): Promise<FileStatus> {
  try {
    const stats = await stat(source.path);
    const problem = problemOf(stats, source);
    if (problem !== undefined) return { kind: 'problem', problem };
    return { kind: 'regular', stamp: `${stats.ino} ${stats.mtimeMs} ${stats.ctimeMs} ${stats.size}` };
  } catch (error) {
    return toProblem(error, source);
  }
}

async function readOpen(file: FileHandle, source: Source): Promise<FileBytes> {
  const problem = problemOf(await file.stat(), source);
  if (problem !== undefined) return { kind: 'problem', problem };
  const chunks: Buffer[] = [];
  for (let length = 0; ;) {
    const { bytesRead, buffer } = await file.read(Buffer.allocUnsafe(CHUNK_BYTES), 0, CHUNK_BYTES);
    if (bytesRead === 0) return { kind: 'bytes', bytes: Buffer.concat(chunks) };
    length += bytesRead;
    if (length > source.maxBytes) return { kind: 'problem', problem: tooLarge(source) };
    chunks.push(buffer.subarray(0, bytesRead));
  }
}

/**
 * Reads a regular file. The type is checked again on the open file, and reading stops at `maxBytes`, so that neither a
 * swapped-in pipe nor a growing file can block it. Never rejects.
 */
export async function readRegularBytes(source: Source): Promise<FileBytes> {
  const status = await statRegularFile(source); // opening a device can have side effects
  if (status.kind !== 'regular') return status;
  try {
    const file = await open(source.path, FLAGS);
    try {
      return await readOpen(file, source);
    } finally {
      await file.close();
    }
  } catch (error) {
    return toProblem(error, source);
  }
}

/** Reads a regular file as UTF-8 text, without its byte order mark. UTF-16 is a problem. Never rejects. */
export async function readRegularFile(source: Source): Promise<FileText> {
  const read = await readRegularBytes(source);
  if (read.kind !== 'bytes') return read;
  if (isUtf16(read.bytes)) return { kind: 'problem', problem: message('fileUtf16', source.label) };
  return { kind: 'text', text: new TextDecoder().decode(read.bytes) };
}
