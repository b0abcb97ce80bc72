import { closeSync, openSync, readFileSync, readSync } from 'node:fs';

const IS_LINUX = process.platform === 'linux';
const AT_PAGESZ = 6n;
const DEFAULT_PAGE_BYTES = 4096;

/** The size of a memory page in bytes, from the auxiliary vector: pairs of 8-byte keys and values. */
function readPageSize(): number {
  try {
    const vector = readFileSync('/proc/self/auxv');
    for (let at = 0; at + 16 <= vector.byteLength; at += 16) {
      if (vector.readBigUInt64LE(at) === AT_PAGESZ) return Number(vector.readBigUInt64LE(at + 8));
    }
  } catch {
    // Use the most common size.
  }
  return DEFAULT_PAGE_BYTES;
}

let pageKilobytes: number | undefined;
const buffer = Buffer.alloc(2048);

/** The resident memory of a process in kB; undefined on systems other than Linux, or after the process has exited. */
export function residentMemory(pid: number): number | undefined {
  return readResident(() => readFileSync(`/proc/${pid}/statm`, 'latin1'));
}

function readResident(read: () => string): number | undefined {
  if (!IS_LINUX) return undefined;
  pageKilobytes ??= readPageSize() / 1024;
  try {
    const pages = Number(read().split(' ', 2)[1]);
    return Number.isNaN(pages) ? undefined : pages * pageKilobytes;
  } catch {
    return undefined; // exited meanwhile
  }
}

function field(path: string, name: string): number | undefined {
  if (!IS_LINUX) return undefined;
  try {
    const text = readFileSync(path, 'latin1');
    const at = text.indexOf(`\n${name}:`);
    return at === -1 ? undefined : Number.parseInt(text.slice(at + name.length + 2), 10);
  } catch {
    return undefined; // exited meanwhile
  }
}

/** The peak resident memory of a process in kB. Takes ten times as long as its current memory. */
export function peakMemory(pid: number): number | undefined {
  return field(`/proc/${pid}/status`, 'VmHWM');
}

/**
 * The memory of a process in kB, with shared pages divided by the number of processes that share them (PSS). Takes
 * 0.5 ms.
 */
export function proportionalMemory(pid: number): number | undefined {
  return field(`/proc/${pid}/smaps_rollup`, 'Pss');
}

/**
 * The resident memory of one process, read often. Its file stays open: that is ten times as fast, and a later process
 * with the same ID can't be mistaken for it.
 */
export class ResidentMemory {
  #fd: number | undefined;

  constructor(pid: number) {
    if (!IS_LINUX) return;
    try {
      this.#fd = openSync(`/proc/${pid}/statm`, 'r');
    } catch {
      // Exited meanwhile.
    }
  }

  /** In kB; undefined if it can't be measured. */
  read(): number | undefined {
    const fd = this.#fd;
    if (fd === undefined) return undefined;
    return readResident(() => buffer.toString('latin1', 0, readSync(fd, buffer, 0, buffer.byteLength, 0)));
  }

  close(): void {
    if (this.#fd !== undefined) closeSync(this.#fd);
    this.#fd = undefined;
  }
}
