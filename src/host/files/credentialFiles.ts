import type { Stats } from 'node:fs';
import { realpath, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { basename, dirname, join, posix, resolve, sep } from 'node:path';
import { awsPaths, expandPath } from '../../core/connection/awsEnvironment.ts';

/** Variables that name files with a token. Source: AWS SDKs and Tools reference, environment variables. */
const TOKEN_FILES = ['AWS_WEB_IDENTITY_TOKEN_FILE', 'AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE'];

/** Paths of credentials on a file system with an unknown home folder. */
const IN_AWS_FOLDER = /\/\.aws\/(credentials|config|sso|cli|login)(\/|$)/i;

/** The environment of a process can contain keys. */
const ENVIRONMENT = /^\/proc\/[^/]+\/(task\/[^/]+\/)?environ$/;

/** The relevant parts of a vscode.Uri. */
interface FileUri {
  readonly scheme: string;
  readonly path: string;
  readonly fsPath: string;
}

function homes(environment: NodeJS.ProcessEnv): string[] {
  const { HOME = '', USERPROFILE = '', HOMEDRIVE = '', HOMEPATH = '' } = environment;
  return [...new Set([HOME, USERPROFILE, `${HOMEDRIVE}${HOMEPATH}`, homedir()])].filter((home) => home !== '');
}

/** Files and folders with credentials. Includes the default paths even if variables override them. */
function secretPaths(environment: NodeJS.ProcessEnv): string[] {
  const tokenFiles = TOKEN_FILES.map((name) => environment[name] ?? '').filter((path) => path !== '');
  const paths = homes(environment).flatMap((home) => [
    ...Object.values(awsPaths({ HOME: home }, home)),
    ...Object.values(awsPaths({ ...environment, HOME: home }, home)),
    ...tokenFiles.flatMap((path) => [path, expandPath(path, environment, home)]),
  ]);
  return [...new Set(paths.map((path) => resolve(path)))];
}

/** Resolves the links of the existing part of a path, and the long form of Windows paths. */
async function withoutLinks(path: string): Promise<string> {
  const whole = resolve(path.replace(/^\\\\[?.]\\(?=[a-z]:)/i, ''));
  const parent = dirname(whole);
  return realpath(whole).catch(async () =>
    parent === whole ? whole : join(await withoutLinks(parent), basename(whole)),
  );
}

function isWithin(path: string, folder: string): boolean {
  // Some file systems are case-insensitive.
  const [inner, outer] = [path.toLowerCase(), folder.toLowerCase()];
  return inner === outer || inner.startsWith(outer + sep);
}

function isSameFile(one: Stats | undefined, other: Stats | undefined): boolean {
  return one?.isFile() === true && one.ino !== 0 && one.ino === other?.ino && one.dev === other.dev;
}

/**
 * Whether a file contains AWS credentials, for any path to it: with “..”, links, or different case. Such files are
 * never read into a request, a form or a command.
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
