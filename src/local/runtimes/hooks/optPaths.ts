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

/** The folders in `/opt` that an entry can map, as in `nodejs=folder`. Other entries map `/opt` itself. */
const TARGETS = ['nodejs', 'python'];

/** The path in the folder of an entry. Undefined if the entry can't have it. */
function pathInEntry(entry: string, rest: string): string | undefined {
  const target = TARGETS.find((name) => entry.startsWith(`${name}=`));
  if (target === undefined) return join(entry, rest);
  const folder = entry.slice(target.length + 1);
  return rest === target || rest.startsWith(`${target}/`) ? join(folder, rest.slice(target.length)) : undefined;
}

/** The path of a layer's file or folder on this machine, in the first folder that has it. */
export function optPath(specifier: string, folders: readonly string[]): string | undefined {
  const rest = folders.length === 0 ? undefined : belowOpt(specifier);
  if (rest === undefined) return undefined;
  const paths = folders.map((folder) => pathInEntry(folder, rest)).filter((path) => path !== undefined);
  return paths.find((path) => EXTENSIONS.some((end) => existsSync(path + end)));
}
