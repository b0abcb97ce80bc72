import { randomUUID } from 'node:crypto';
import { constants } from 'node:fs';
import { access, mkdir, realpath, rm, stat, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { errorText } from '../../core/messages/errorText.ts';
import { replaceFile } from '../replaceFile.ts';
import { UsageError } from '../usageError.ts';

interface Target {
  readonly path: string;
  /** `special`: a folder, a pipe, or a device, such as /dev/stdout. */
  readonly kind: 'missing' | 'regular' | 'special';
}

/** The file of a report. That of a link is where the link leads. */
async function targetOf(path: string): Promise<Target> {
  try {
    if (!(await stat(path)).isFile()) return { path, kind: 'special' };
    return { path: await realpath(path), kind: 'regular' };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return { path, kind: 'missing' };
    throw error;
  }
}

/** Rejects if no file can be created next to a file. */
async function tryToCreate(path: string): Promise<void> {
  const temporary = `${path}.${randomUUID()}.tmp`;
  await writeFile(temporary, '', { flag: 'wx' });
  await rm(temporary);
}

async function tryToWrite({ path, kind }: Target): Promise<void> {
  switch (kind) {
    case 'missing':
      return tryToCreate(path);
    case 'regular':
      // Its folder may be read-only.
      return tryToCreate(path).catch(() => access(path, constants.W_OK));
    case 'special':
      if ((await stat(path)).isDirectory()) throw new Error('is a folder');
      return access(path, constants.W_OK);
  }
}

function unwritable(path: string, error: unknown): UsageError {
  return new UsageError(`Can't write ${path} (${(error as NodeJS.ErrnoException).code ?? errorText(error)}).`);
}

/** Rejects with UsageError if a report can't be written, before anything is invoked. Creates missing folders. */
export async function checkReportFile(path: string): Promise<void> {
  try {
    await mkdir(dirname(path), { recursive: true });
    await tryToWrite(await targetOf(path));
  } catch (error) {
    throw unwritable(path, error);
  }
}

/** Writes a report. A regular file is replaced as a whole. Rejects with UsageError. */
export async function writeReportFile(path: string, text: string): Promise<void> {
  try {
    const target = await targetOf(path);
    const write = () => writeFile(target.path, text);
    if (target.kind === 'special') await write();
    else await replaceFile(target.path, text).catch(write);
  } catch (error) {
    throw unwritable(path, error);
  }
}
