import { randomUUID } from 'node:crypto';
import { chmod, mkdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';

/**
 * Writes a file as a whole, so that another process never reads or mixes a part of it. Keeps its mode. Creates missing
 * folders. Rejects with the error of the file system.
 */
export async function replaceFile(path: string, content: string | Uint8Array): Promise<void> {
  const temporary = `${path}.${randomUUID()}.tmp`;
  try {
    await mkdir(dirname(path), { recursive: true });
    const mode = (await stat(path).catch(() => undefined))?.mode;
    await writeFile(temporary, content, { flag: 'wx', ...(mode !== undefined && { mode }) });
    if (mode !== undefined) await chmod(temporary, mode); // also what the umask removed
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}
