import { readlink, realpath } from 'node:fs/promises';
import * as nodePath from 'node:path';
import { resolveLinks } from '../app/resolveLinks.ts';
import type { TestFiles } from '../app/testing/testFiles.ts';
import { message } from '../core/messages/messages.ts';
import { InvokeError } from '../core/outcome/invokeError.ts';
import { readRegularBytes, statRegularFile } from '../local/workspace/readRegularFile.ts';
import { replaceFile } from './replaceFile.ts';

/** Larger cases and snapshots aren't read. In bytes. */
const MAX_BYTES = 64_000_000;

function withSlashes(path: string): string {
  return process.platform === 'win32' ? path.replaceAll('\\', '/') : path;
}

function codeOf(error: unknown): string {
  return String((error as NodeJS.ErrnoException).code ?? error);
}

/** The path with all links resolved. Rejects with InvokeError for cyclic links. */
async function realPath(path: string): Promise<string> {
  try {
    return withSlashes(await resolveLinks(path, { path: nodePath, readlink, realpath }));
  } catch (error) {
    throw new InvokeError(message('fileUnreadable', path, codeOf(error)), { cause: error });
  }
}

/** The files of a workspace folder. */
export function nodeTestFiles(folder: string): TestFiles {
  return {
    root: withSlashes(folder),
    realPath,
    async read(path) {
      const read = await readRegularBytes({ path, label: path, maxBytes: MAX_BYTES });
      if (read.kind === 'problem') throw new InvokeError(read.problem);
      return read.kind === 'bytes' ? read.bytes : undefined;
    },
    async exists(path) {
      const status = await statRegularFile({ path, label: path, maxBytes: MAX_BYTES });
      if (status.kind === 'problem') throw new InvokeError(status.problem);
      return status.kind === 'regular';
    },
    async write(path, bytes) {
      try {
        await replaceFile(path, bytes);
      } catch (error) {
        throw new InvokeError(message('presetsUnwritable', path, codeOf(error)), { cause: error });
      }
    },
  };
}
