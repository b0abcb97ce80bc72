import { copyFile } from 'node:fs/promises';
import { mustRun } from '../host/command.ts';

/** The packages, and where those of a first build of the same sources are. The tests install those of the second one. */
export const PACKAGES = [
  { path: 'lambda-invoke.vsix', first: 'out/first.vsix' },
  { path: 'lambda-invoke.tgz', first: 'out/first.tgz' },
] as const;

async function buildPackage(timeZone: string): Promise<void> {
  await mustRun(process.execPath, ['esbuild.mjs', '--package'], { env: { ...process.env, TZ: timeZone } });
}

/** Builds dist/ and the packages. All layers read them, so nothing else builds while the layers run. */
export async function buildPackages({ isTwice }: { readonly isTwice: boolean }): Promise<void> {
  if (isTwice) {
    await buildPackage('Pacific/Auckland');
    for (const { path, first } of PACKAGES) await copyFile(path, first);
  }
  await buildPackage('UTC');
}
