import { copyFile } from 'node:fs/promises';
import { mustRun } from '../host/command.ts';

/** Two builds of the same sources. The tests install the second one. */
export const PACKAGES = ['out/first.vsix', 'lambda-invoke.vsix'] as const;

async function buildPackage(timeZone: string): Promise<void> {
  await mustRun(process.execPath, ['esbuild.mjs', '--package'], { env: { ...process.env, TZ: timeZone } });
}

/** Builds dist/ and lambda-invoke.vsix. All layers read them, so nothing else builds while the layers run. */
export async function buildPackages({ isTwice }: { readonly isTwice: boolean }): Promise<void> {
  const [first, second] = PACKAGES;
  if (isTwice) {
    await buildPackage('Pacific/Auckland');
    await copyFile(second, first);
  }
  await buildPackage('UTC');
}
