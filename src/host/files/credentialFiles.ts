import type { Stats } from 'node:fs';
import { realpath, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { basename, dirname, join, posix, resolve, sep } from 'node:path';

/** Variables that name files or folders with credentials. Source: AWS SDKs and Tools reference, environment variables. */
const VARIABLES = [
  'AWS_SHARED_CREDENTIALS_FILE',
  'AWS_CONFIG_FILE',
  'AWS_WEB_IDENTITY_TOKEN_FILE',
  'AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE',
  'AWS_LOGIN_CACHE_DIRECTORY',
];

/** What of `~/.aws` holds credentials, on a file system whose home folder isn't known. */
const IN_AWS_FOLDER = /\/\.aws\/(credentials|config|sso|cli|login)(\/|$)/i;

/** The environment of a process, and with it the keys in it. */
const ENVIRONMENT = /^\/proc\/[^/]+\/(task\/[^/]+\/)?environ$/;

/** The parts of a vscode.Uri that are looked at. */
interface FileUri {
  readonly scheme: string;
  readonly path: string;
  readonly fsPath: string;
}

function homes(environment: NodeJS.ProcessEnv): string[] {
  const { HOME = '', USERPROFILE = '', HOMEDRIVE = '', HOMEPATH = '' } = environment;
  return [...new Set([HOME, USERPROFILE, `${HOMEDRIVE}${HOMEPATH}`, homedir()])].filter((home) => home !== '');
}

/** Files and folders that hold credentials: everything in a folder does. */
function secretPaths(environment: NodeJS.ProcessEnv): string[] {
  const all = homes(environment);
  const named = VARIABLES.map((name) => environment[name] ?? '').filter((path) => path !== '');
  return [
    ...all.flatMap((home) => ['.aws', '.aws/credentials', '.aws/config'].map((path) => join(home, path))),
    ...named.flatMap((path) => (/^~[\\/]/.test(path) ? all.map((home) => join(home, path.slice(2))) : [resolve(path)])),
  ];
}

/** A path without links, as far as it is there. Windows' long form is another name of the same. */
async function withoutLinks(path: string): Promise<string> {
  const whole = resolve(path.replace(/^\\\\[?.]\\(?=[a-z]:)/i, ''));
  const parent = dirname(whole);
  return realpath(whole).catch(async () =>
    parent === whole ? whole : join(await withoutLinks(parent), basename(whole)),
  );
}

function isWithin(path: string, folder: string): boolean {
  // Some file systems tell no upper case from lower: then both are the same file.
  const [inner, outer] = [path.toLowerCase(), folder.toLowerCase()];
  return inner === outer || inner.startsWith(outer + sep);
}

function isSameFile(one: Stats | undefined, other: Stats | undefined): boolean {
  return one?.isFile() === true && one.ino !== 0 && one.ino === other?.ino && one.dev === other.dev;
}

/**
 * Whether a file holds credentials of AWS, whatever path leads to it: with “..”, through links, in other letters. Such a
 * file never goes into a request, a form or a command.
 */
export async function holdsCredentials(
  { scheme, path, fsPath }: FileUri,
  environment: NodeJS.ProcessEnv = process.env,
): Promise<boolean> {
  if (scheme === 'untitled') return false;
  if (scheme !== 'file') return IN_AWS_FOLDER.test(posix.normalize(path.replaceAll('\\', '/')));
  const written = resolve(fsPath);
  const real = await withoutLinks(fsPath);
  if (ENVIRONMENT.test(written) || ENVIRONMENT.test(real)) return true;
  const stats = await stat(written).catch(() => undefined);
  const found = await Promise.all(
    secretPaths(environment).map(async (secret) => {
      const names = [secret, await withoutLinks(secret)];
      if (names.some((name) => isWithin(written, name) || isWithin(real, name))) return true;
      return isSameFile(stats, await stat(secret).catch(() => undefined));
    }),
  );
  return found.includes(true);
}
