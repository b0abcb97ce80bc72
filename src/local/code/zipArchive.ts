import { mkdir, open, writeFile, type FileHandle } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { inflateRaw } from 'node:zlib';

/** Lambda's limit for the unzipped code with its layers, in bytes. Source: Lambda developer guide, "Lambda quotas". */
const MAX_BYTES = 262_144_000;

/** The maximum number of entries: all that a ZIP file without ZIP64 can have. */
const MAX_ENTRIES = 65_535;

const END_SIGNATURE = 0x06_05_4b_50;
const ENTRY_SIGNATURE = 0x02_01_4b_50;
const FILE_SIGNATURE = 0x04_03_4b_50;
/** The sizes of the fixed parts of the records, in bytes, and the maximum size of the archive's comment. */
const END_BYTES = 22;
const ENTRY_BYTES = 46;
const FILE_BYTES = 30;
const MAX_COMMENT_BYTES = 65_535;

/** The type and the permissions in a Unix mode. */
const TYPE = 0o170_000;
const FOLDER = 0o040_000;
const REGULAR = 0o100_000;
const EXECUTABLE = 0o111;

/** The methods of compression that Lambda accepts. */
const STORED = 0;
const DEFLATED = 8;

const inflate = promisify(inflateRaw) as (bytes: Uint8Array, options: { maxOutputLength: number }) => Promise<Buffer>;

interface Entry {
  readonly name: string;
  readonly method: number;
  readonly compressedBytes: number;
  readonly bytes: number;
  readonly offset: number;
  readonly isExecutable: boolean;
}

/** A ZIP file that can't be unpacked safely. */
class ArchiveError extends Error {}

async function readBytes(file: FileHandle, position: number, length: number): Promise<Buffer> {
  const { bytesRead, buffer } = await file.read(Buffer.alloc(length), 0, length, position);
  if (bytesRead < length) throw new ArchiveError("it's truncated");
  return buffer;
}

/** The name of an entry in a folder. Throws ArchiveError if it would be outside. */
function checkedName(text: string): string {
  const name = text.replaceAll('\\', '/');
  const isOutside = name.startsWith('/') || /^[A-Za-z]:/.test(name) || name.split('/').includes('..');
  if (isOutside || name.includes('\0'))
    throw new ArchiveError(`an entry is outside the folder: ${JSON.stringify(name)}`);
  return name;
}

function parseEntry(directory: Buffer, at: number): Entry & { readonly end: number } {
  if (at + ENTRY_BYTES > directory.length || directory.readUInt32LE(at) !== ENTRY_SIGNATURE)
    throw new ArchiveError('its directory is invalid');
  const nameEnd = at + ENTRY_BYTES + directory.readUInt16LE(at + 28);
  const end = nameEnd + directory.readUInt16LE(at + 30) + directory.readUInt16LE(at + 32);
  const name = checkedName(directory.toString('utf8', at + ENTRY_BYTES, nameEnd));
  const isUnix = directory.readUInt8(at + 5) === 3;
  const mode = isUnix ? directory.readUInt16LE(at + 40) : 0;
  if (![0, FOLDER, REGULAR].includes(mode & TYPE))
    throw new ArchiveError(`an entry isn't a file or folder: ${JSON.stringify(name)}`);
  if ((directory.readUInt16LE(at + 8) & 1) !== 0) throw new ArchiveError("it's encrypted");
  return {
    name,
    method: directory.readUInt16LE(at + 10),
    compressedBytes: directory.readUInt32LE(at + 20),
    bytes: directory.readUInt32LE(at + 24),
    offset: directory.readUInt32LE(at + 42),
    isExecutable: (mode & EXECUTABLE) !== 0,
    end,
  };
}

/** Reads the central directory. Source: PKWARE, APPNOTE.TXT, sections 4.3.12 and 4.3.16. */
async function readEntries(file: FileHandle): Promise<Entry[]> {
  const { size } = await file.stat();
  const tailBytes = Math.min(size, END_BYTES + MAX_COMMENT_BYTES);
  const tail = await readBytes(file, size - tailBytes, tailBytes);
  let end = tail.length - END_BYTES;
  while (end >= 0 && tail.readUInt32LE(end) !== END_SIGNATURE) end--;
  if (end < 0) throw new ArchiveError("it isn't a ZIP file");
  const count = tail.readUInt16LE(end + 10);
  const directoryBytes = tail.readUInt32LE(end + 12);
  const offset = tail.readUInt32LE(end + 16);
  if (count >= MAX_ENTRIES) throw new ArchiveError('it has too many entries');
  if (offset + directoryBytes > size) throw new ArchiveError('its directory is invalid');
  const directory = await readBytes(file, offset, directoryBytes);
  const entries: Entry[] = [];
  let at = 0;
  for (let index = 0; index < count; index++) {
    const { end: next, ...entry } = parseEntry(directory, at);
    entries.push(entry);
    at = next;
  }
  return entries;
}

/** The system's text for a larger content than the directory has is about a buffer. */
function toArchiveError(error: unknown): never {
  const isLarger = error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE';
  throw isLarger ? new ArchiveError('a size is wrong') : error;
}

async function contentOf(file: FileHandle, entry: Entry): Promise<Buffer> {
  const header = await readBytes(file, entry.offset, FILE_BYTES);
  if (header.readUInt32LE(0) !== FILE_SIGNATURE) throw new ArchiveError('its directory is invalid');
  const start = entry.offset + FILE_BYTES + header.readUInt16LE(26) + header.readUInt16LE(28);
  const compressed = await readBytes(file, start, entry.compressedBytes);
  if (entry.method !== STORED && entry.method !== DEFLATED) throw new ArchiveError("its compression isn't supported");
  // A limit of 0 isn't accepted.
  const limit = { maxOutputLength: Math.max(entry.bytes, 1) };
  const content = entry.method === STORED ? compressed : await inflate(compressed, limit).catch(toArchiveError);
  if (content.length !== entry.bytes) throw new ArchiveError('a size is wrong');
  return content;
}

async function withEntries<T>(path: string, use: (file: FileHandle, entries: readonly Entry[]) => Promise<T>) {
  const file = await open(path);
  try {
    const entries = await readEntries(file);
    const total = entries.reduce((sum, { bytes }) => sum + bytes, 0);
    const compressed = entries.reduce((sum, { compressedBytes }) => sum + compressedBytes, 0);
    if (total > MAX_BYTES) throw new ArchiveError("it's larger than 250 MB unzipped");
    if (compressed > (await file.stat()).size) throw new ArchiveError('a size is wrong');
    return await use(file, entries);
  } finally {
    await file.close();
  }
}

/** The names of the files in a ZIP file. Rejects with ArchiveError or the file system's error. */
export function archiveNames(path: string): Promise<string[]> {
  return withEntries(path, (_, entries) =>
    Promise.resolve(entries.map(({ name }) => name).filter((name) => !name.endsWith('/'))),
  );
}

/** The number of files to write at the same time. */
const PARALLEL = 16;

/**
 * Unpacks a ZIP file into an empty folder. Rejects entries outside the folder, links, encrypted files, and more than
 * Lambda's limit, with ArchiveError or the error of the file system or of zlib.
 */
export function unpack(path: string, folder: string): Promise<void> {
  return withEntries(path, async (file, entries) => {
    const isFolder = ({ name }: Entry) => name.endsWith('/');
    // The last entry with a name takes precedence.
    const files = [
      ...new Map(entries.filter((entry) => !isFolder(entry)).map((entry) => [entry.name, entry])).values(),
    ];
    const folders = [...entries.filter(isFolder).map(({ name }) => name), ...files.map(({ name }) => dirname(name))];
    for (const name of new Set(folders)) await mkdir(join(folder, name), { recursive: true });
    for (let start = 0; start < files.length; start += PARALLEL) {
      const writes = files.slice(start, start + PARALLEL).map(async (entry) => {
        const mode = entry.isExecutable ? 0o700 : 0o600;
        await writeFile(join(folder, entry.name), await contentOf(file, entry), { mode });
      });
      await Promise.allSettled(writes); // nothing is written after an error
      await Promise.all(writes);
    }
  });
}
