import { isAbsolute, relative, sep } from 'node:path';

/** The files outside a code folder that its last build contains, by code folder. */
const inputs = new Map<string, readonly string[]>();

const NONE: readonly string[] = [];

function isOutside(taskRoot: string, file: string): boolean {
  const below = relative(taskRoot, file);
  return isAbsolute(below) || below.split(sep)[0] === '..';
}

/** Remembers the files that a code folder was built from, except installed packages, which rarely change. */
export function rememberInputs(taskRoot: string, files: readonly string[]): void {
  const isInstalled = (file: string) => file.split(sep).includes('node_modules');
  inputs.set(
    taskRoot,
    files.filter((file) => isOutside(taskRoot, file) && !isInstalled(file)),
  );
}

/** The files outside a code folder that its last build in this process contains. */
export function outsideInputs(taskRoot: string): readonly string[] {
  return inputs.get(taskRoot) ?? NONE;
}
