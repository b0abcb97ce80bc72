/** A function in the file that defines it. Several functions can have the same name. */
export interface FunctionDefinition {
  /** FunctionName, logical ID, or the key in the presets file. */
  readonly plainName: string;
  /** The name of the workspace folder. */
  readonly workspaceFolder: string;
  /** The template, relative to the workspace folder and with `/`. */
  readonly file: string;
  /** Absent for a function of a presets file. */
  readonly logicalId?: string;
}

/** The maximum length of a function name. Source: Lambda API reference, CreateFunction. */
const MAX_LENGTH = 64;
const HASH_LENGTH = 8;

/** FNV-1a: tells paths apart that look the same when they are shortened. Not for security. */
function hashOf(text: string): string {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  return (hash >>> 0).toString(16).padStart(HASH_LENGTH, '0');
}

function allowed(text: string): string {
  return text.replaceAll(/[^A-Za-z0-9_-]/g, '-');
}

function foldersOf(file: string): string[] {
  return file.split('/').slice(0, -1);
}

/** The file's name without its extension: `api` for `api.template.json` as well. */
function stemOf(file: string): string {
  const name = file.slice(file.lastIndexOf('/') + 1);
  const stem = name.replace(/\.[^.]+$/, '');
  return stem.length > '.template'.length ? stem.replace(/\.template$/, '') : stem;
}

/** How often each text occurs. */
function countOf(texts: Iterable<string>): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1);
  return counts;
}

/**
 * The path of each function with the same plain name: the workspace folder, folders, the file if there are others in its
 * folder, and the logical ID if there are others in its file.
 */
function pathsOf(group: readonly FunctionDefinition[]): string[][] {
  const fileKey = ({ workspaceFolder, file }: FunctionDefinition) => JSON.stringify([workspaceFolder, file]);
  const folderKey = ({ workspaceFolder, file }: FunctionDefinition) =>
    JSON.stringify([workspaceFolder, ...foldersOf(file)]);
  const templates = group.filter(({ logicalId }) => logicalId !== undefined);
  const inFile = countOf(templates.map(fileKey));
  const inFolder = countOf(templates.map(folderKey));
  return group.map((definition) => {
    const { workspaceFolder, file, logicalId } = definition;
    if (logicalId === undefined) return [allowed(workspaceFolder)];
    const folders = foldersOf(file);
    const sameFile = inFile.get(fileKey(definition)) ?? 0;
    const needsFile = folders.length === 0 || inFolder.get(folderKey(definition)) !== sameFile;
    const parts = [...folders, ...(needsFile ? [stemOf(file)] : []), ...(sameFile > 1 ? [logicalId] : [])];
    return [workspaceFolder, ...parts].map(allowed);
  });
}

/** The name with a prefix, and with a hash of `identity` if it would be too long or the prefix isn't unique. */
function qualified(prefix: string, plainName: string, identity?: string): string {
  const name = plainName.replaceAll(/[^A-Za-z0-9_.-]/g, '-');
  const whole = `${prefix}.${name}`;
  if (identity === undefined && whole.length <= MAX_LENGTH) return whole;
  const hash = hashOf(identity ?? prefix);
  const shortName = name.slice(0, MAX_LENGTH - HASH_LENGTH - 1);
  const room = MAX_LENGTH - shortName.length - HASH_LENGTH - 2;
  return room > 0 ? `${prefix.slice(0, room)}-${hash}.${shortName}` : `${hash}.${shortName}`;
}

/** Names functions with the same plain name. */
function nameGroup(group: readonly FunctionDefinition[], isTaken: (name: string) => boolean): string[] {
  const ends = pathsOf(group).map((path) => path.map((_, index) => path.slice(-index - 1).join('.')));
  const counts = countOf(ends.flat());
  return group.map(({ plainName, workspaceFolder, file, logicalId = '' }, index) => {
    const own = ends[index] ?? [];
    const identity = `${workspaceFolder}/${file}#${logicalId}`;
    const whole = own.at(-1) ?? '';
    const shortest = own.find((end) => counts.get(end) === 1);
    const name = shortest === undefined ? undefined : qualified(shortest, plainName);
    return name === undefined || isTaken(name) ? qualified(whole, plainName, identity) : name;
  });
}

/**
 * The names by which functions are invoked, in the same order. A function whose plain name is unique has that name.
 * Others have the shortest path that tells them apart in front (`orders.OnEvents`): folders, or the file's name if there
 * are several templates in the folder, and at last the workspace folder. The first function of a presets file has its
 * plain name. At most 64 characters of Invoke's name pattern; depends only on functions with the same plain name.
 */
export function uniqueNames(definitions: readonly FunctionDefinition[]): string[] {
  const groups = new Map<string, FunctionDefinition[]>();
  for (const each of definitions) groups.set(each.plainName, [...(groups.get(each.plainName) ?? []), each]);
  const names = new Map<FunctionDefinition, string>();
  for (const [plainName, group] of groups) {
    const owner = plainNameOwner(group);
    if (owner !== undefined) names.set(owner, plainName);
    const rest = group.filter((each) => each !== owner);
    const generated = nameGroup(rest, (name) => groups.has(name));
    for (const [index, each] of rest.entries()) names.set(each, generated[index] ?? plainName);
  }
  return definitions.map((each) => names.get(each) ?? each.plainName);
}

/** The function that has a plain name: the only one, or the first of a presets file. */
function plainNameOwner(group: readonly FunctionDefinition[]): FunctionDefinition | undefined {
  return group.length === 1 ? group[0] : group.find(({ logicalId }) => logicalId === undefined);
}
