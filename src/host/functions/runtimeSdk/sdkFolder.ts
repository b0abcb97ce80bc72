import { randomBytes } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { isRecord } from '../../../core/json/isRecord.ts';
import { isNodeSdkPackage, type SdkLanguage } from '../../../core/functions/runtimeSdk.ts';
import { BOTO3_VERSION } from '../../../core/functions/sdkInstall.ts';

/** Folders of interrupted installations are removed after this time, in milliseconds. */
const MAX_LEFTOVER_MS = 86_400_000;

/** The packages of the SDK for JavaScript that were installed into a folder. */
export async function installedNodePackages(root: string): Promise<string[]> {
  try {
    const manifest: unknown = JSON.parse(await readFile(join(root, 'node', 'package.json'), 'utf8'));
    const dependencies = isRecord(manifest) ? manifest['dependencies'] : undefined;
    return isRecord(dependencies) ? Object.keys(dependencies).filter(isNodeSdkPackage) : [];
  } catch {
    return []; // nothing is installed
  }
}

/** Whether boto3 was installed in the current version. */
export async function hasInstalledBoto3(root: string): Promise<boolean> {
  return stat(join(root, 'python', `boto3-${BOTO3_VERSION}.dist-info`)).then(
    () => true,
    () => false,
  );
}

/** The path of a folder for the next installation of an SDK. */
export function newFolder(root: string, language: SdkLanguage): string {
  return join(root, `${language}-${randomBytes(4).toString('hex')}`);
}

async function removeLeftovers(root: string, language: SdkLanguage): Promise<void> {
  for (const name of await readdir(root)) {
    if (!name.startsWith(`${language}-`)) continue;
    const stats = await stat(join(root, name)).catch(() => undefined);
    if (stats !== undefined && Date.now() - stats.mtimeMs > MAX_LEFTOVER_MS)
      await rm(join(root, name), { recursive: true, force: true });
  }
}

/**
 * Fills a new folder and replaces the installed SDK with it. If `fill` returns false or rejects, the installed one remains.
 * Returns whether it was replaced.
 */
export async function replaceSdk(
  root: string,
  { language, folder }: { readonly language: SdkLanguage; readonly folder: string },
  fill: () => Promise<boolean>,
): Promise<boolean> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  try {
    await removeLeftovers(root, language);
    if (!(await fill())) return false;
    const installed = join(root, language);
    const previous = newFolder(root, language);
    const hadPrevious = await rename(installed, previous).then(
      () => true,
      (error: NodeJS.ErrnoException) => {
        if (error.code === 'ENOENT') return false;
        throw error;
      },
    );
    try {
      await rename(folder, installed);
    } catch (error) {
      if (hadPrevious) await rename(previous, installed);
      throw error;
    }
    await rm(previous, { recursive: true, force: true }).catch(() => undefined); // in use: removed later
    return true;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
