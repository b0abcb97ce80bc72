import { decodeText } from '../../core/json/decodeText.ts';
import { errorText } from '../../core/messages/errorText.ts';
import { message } from '../../core/messages/messages.ts';
import { InvokeError, isInvokeError } from '../../core/outcome/invokeError.ts';

/** The files of a workspace folder, for cases and snapshots. All paths are absolute and use slashes. */
export interface TestFiles {
  /** The path of the folder. */
  readonly root: string;
  /** The path with all links resolved, also of a link whose target is missing. A missing file has its own path. */
  realPath(path: string): Promise<string>;
  /** Undefined if the file doesn't exist. */
  read(path: string): Promise<Uint8Array | undefined>;
  /** Rejects for a file that can't be read. */
  exists(path: string): Promise<boolean>;
  /** Creates missing folders. Replaces the file as a whole. */
  write(path: string, bytes: Uint8Array): Promise<void>;
}

/** Whether a path is relative and stays in its folder: no drive, no URI, no `..` beyond it. */
function pathParts(path: string): string[] | undefined {
  if (path.trim() === '' || /^[\\/]|^[A-Za-z][\w+.-]*:/.test(path)) return undefined;
  const parts: string[] = [];
  for (const part of path.split(/[\\/]/)) {
    if (part === '..') {
      if (parts.pop() === undefined) return undefined;
    } else if (part !== '' && part !== '.') parts.push(part);
  }
  return parts.length === 0 ? undefined : parts;
}

/**
 * The real path of a file in the folder, which might not exist yet. Rejects with InvokeError if it's outside of the
 * folder, also through a link.
 */
async function pathInside(files: TestFiles, path: string): Promise<string> {
  const outside = new InvokeError(message('testFileOutside', path));
  const parts = pathParts(path);
  if (parts === undefined) throw outside;
  const realRoot = (await files.realPath(files.root)).replace(/\/$/, '');
  let real = realRoot;
  // Step by step, because any part can be a link out of the folder.
  for (const part of parts) {
    real = await files.realPath(`${real}/${part}`);
    // The target of a link can be missing, and with `..` it may become a path out of the folder.
    if (!real.startsWith(`${realRoot}/`) || real.split('/').includes('..')) throw outside;
  }
  return real;
}

async function asInvokeError<T>(path: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (isInvokeError(error)) throw error;
    throw new InvokeError(message('testFileFailed', path, errorText(error)), { cause: error });
  }
}

/** The text of a file in the folder. Undefined if it doesn't exist. Rejects with InvokeError unless it's UTF-8. */
export async function readTestFile(files: TestFiles, path: string): Promise<string | undefined> {
  const bytes = await asInvokeError(path, async () => files.read(await pathInside(files, path)));
  if (bytes === undefined) return undefined;
  const decoded = decodeText(bytes);
  if (decoded.kind !== 'text') throw new InvokeError(message('testFileNotUtf8', path));
  return decoded.text;
}

/** Whether a file in the folder exists. Rejects with InvokeError if it's outside of the folder. */
export async function testFileExists(files: TestFiles, path: string): Promise<boolean> {
  return asInvokeError(path, async () => files.exists(await pathInside(files, path)));
}

/** Writes a file in the folder. Rejects with InvokeError. */
export async function writeTestFile(files: TestFiles, path: string, text: string): Promise<void> {
  const bytes = new TextEncoder().encode(text);
  await asInvokeError(path, async () => files.write(await pathInside(files, path), bytes));
}
