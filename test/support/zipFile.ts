import { deflateRawSync } from 'node:zlib';

interface ZipEntry {
  readonly name: string;
  readonly text?: string;
  /** The Unix mode, including the type. */
  readonly mode?: number;
  /** The size that the archive claims, in bytes. */
  readonly claimedBytes?: number;
  readonly isStored?: boolean;
}

function header(signature: number, { name, isStored = false }: ZipEntry, sizes: readonly [number, number]): Buffer {
  const isEntry = signature === 0x02_01_4b_50;
  const bytes = Buffer.alloc(isEntry ? 46 : 30);
  const shift = isEntry ? 2 : 0;
  bytes.writeUInt32LE(signature, 0);
  if (isEntry) bytes.writeUInt16LE(0x03_14, 4); // created on Unix
  bytes.writeUInt16LE(isStored ? 0 : 8, 8 + shift);
  bytes.writeUInt32LE(sizes[0], 18 + shift);
  bytes.writeUInt32LE(sizes[1], 22 + shift);
  bytes.writeUInt16LE(Buffer.byteLength(name), 26 + shift);
  return bytes;
}

/** The bytes of a ZIP file, also of one that no tool would write. */
export function zipFile(entries: readonly ZipEntry[], comment = ''): Buffer {
  const files: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const entry of entries) {
    const content = Buffer.from(entry.text ?? '');
    const data = entry.isStored === true ? content : deflateRawSync(content);
    const sizes = [data.length, entry.claimedBytes ?? content.length] as const;
    const central = header(0x02_01_4b_50, entry, sizes);
    central.writeUInt32LE(((entry.mode ?? 0o100_644) << 16) >>> 0, 38);
    central.writeUInt32LE(offset, 42);
    directory.push(central, Buffer.from(entry.name));
    const file = Buffer.concat([header(0x04_03_4b_50, entry, sizes), Buffer.from(entry.name), data]);
    files.push(file);
    offset += file.length;
  }
  const end = Buffer.alloc(22);
  const directoryBytes = Buffer.concat(directory);
  end.writeUInt32LE(0x06_05_4b_50, 0);
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(directoryBytes.length, 12);
  end.writeUInt32LE(offset, 16);
  end.writeUInt16LE(comment.length, 20);
  return Buffer.concat([...files, directoryBytes, end, Buffer.from(comment)]);
}
