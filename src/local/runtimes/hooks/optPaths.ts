import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Where Lambda unpacks layers. */
const OPT = '/opt/';

/** The extensions that `require` adds. */
const EXTENSIONS = ['', '.js', '.json', '.node'];

/** The path below `/opt/` that a specifier refers to. */
function belowOpt(specifier: string): string | undefined {
  if (specifier.startsWith(OPT)) return specifier.slice(OPT.length);
  if (!specifier.startsWith(`file://${OPT}`) || process.platform === 'win32') return undefined;
  return fileURLToPath(specifier).slice(OPT.length);
}

/** The path of a layer's file or folder on this machine, in the first folder that has it. */
export function optPath(specifier: string, folders: readonly string[]): string | undefined {
  const rest = folders.length === 0 ? undefined : belowOpt(specifier);
  if (rest === undefined) return undefined;
  return folders.map((folder) => join(folder, rest)).find((path) => EXTENSIONS.some((end) => existsSync(path + end)));
}
