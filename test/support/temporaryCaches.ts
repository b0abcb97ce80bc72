import { mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished, vi } from 'vitest';

/** Sets the folder for the caches of this user, until the test ends. */
export function setCaches(path: string): void {
  vi.stubEnv(process.platform === 'win32' ? 'LOCALAPPDATA' : 'XDG_CACHE_HOME', path);
}

/** A new folder that is used for caches. It's removed when the test ends. */
export async function temporaryCaches(): Promise<string> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'li-caches-')));
  onTestFinished(async () => {
    vi.unstubAllEnvs();
    await rm(folder, { recursive: true, force: true });
  });
  setCaches(folder);
  return folder;
}
