import { mkdir, symlink } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';

/** Packages with a compiler, by the name that a project installs it with. Each is a dependency of this repository. */
const COMPILERS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'the compiler of the extension': {},
  esbuild: { esbuild: 'node_modules/esbuild' },
  TypeScript: { typescript: 'node_modules/pseudo-localization/node_modules/typescript' },
};

export const COMPILER_NAMES: readonly string[] = Object.keys(COMPILERS);

/** Links a compiler into the `node_modules` of a folder. */
export async function installCompiler(folder: string, name: string): Promise<void> {
  for (const [packageName, target] of Object.entries(COMPILERS[name] ?? {})) {
    const path = join(folder, 'node_modules', packageName);
    await mkdir(dirname(path), { recursive: true });
    await symlink(resolve(target), path, process.platform === 'win32' ? 'junction' : 'dir');
  }
}
