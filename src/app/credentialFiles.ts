import { awsPaths, expandPath } from '../core/connection/awsEnvironment.ts';

type Environment = Readonly<Record<string, string | undefined>>;

interface FileStats {
  readonly ino: number;
  readonly dev: number;
  isFile(): boolean;
}

/** The parts of Node.js that find out which file a path names. */
export interface FileNames {
  readonly path: {
    readonly sep: string;
    readonly resolve: (path: string) => string;
    readonly dirname: (path: string) => string;
    readonly basename: (path: string) => string;
    readonly join: (folder: string, name: string) => string;
  };
  homedir(): string;
  realpath(path: string): Promise<string>;
  stat(path: string): Promise<FileStats>;
}

/** Variables that name files with a token. Source: AWS SDKs and Tools reference, environment variables. */
const TOKEN_FILES = ['AWS_WEB_IDENTITY_TOKEN_FILE', 'AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE'];

/** The environment of a process can contain keys. */
const ENVIRONMENT = /^\/proc\/[^/]+\/(task\/[^/]+\/)?environ$/;

function homes(environment: Environment, systemHome: string): string[] {
  const { HOME = '', USERPROFILE = '', HOMEDRIVE = '', HOMEPATH = '' } = environment;
  return [...new Set([HOME, USERPROFILE, `${HOMEDRIVE}${HOMEPATH}`, systemHome])].filter((home) => home !== '');
}

/** Files and folders with credentials. Includes the default paths even if variables override them. */
function secretPaths(environment: Environment, files: FileNames): string[] {
  const tokenFiles = TOKEN_FILES.map((name) => environment[name] ?? '').filter((path) => path !== '');
  const paths = homes(environment, files.homedir()).flatMap((home) => [
    ...Object.values(awsPaths({ HOME: home }, home)),
    ...Object.values(awsPaths({ ...environment, HOME: home }, home)),
    ...tokenFiles.flatMap((path) => [path, expandPath(path, environment, home)]),
  ]);
  return [...new Set(paths.map((path) => files.path.resolve(path)))];
}

/** Resolves the links of the existing part of a path, and the long form of Windows paths. */
async function withoutLinks(written: string, files: FileNames): Promise<string> {
  const { resolve, dirname, basename, join } = files.path;
  const whole = resolve(written.replace(/^\\\\[?.]\\(?=[a-z]:)/i, ''));
  const parent = dirname(whole);
  return files
    .realpath(whole)
    .catch(async () => (parent === whole ? whole : join(await withoutLinks(parent, files), basename(whole))));
}

function isWithin(path: string, folder: string, separator: string): boolean {
  // Some file systems are case-insensitive.
  const [inner, outer] = [path.toLowerCase(), folder.toLowerCase()];
  return inner === outer || inner.startsWith(outer + separator);
}

function isSameFile(one: FileStats | undefined, other: FileStats | undefined): boolean {
  return one?.isFile() === true && one.ino !== 0 && one.ino === other?.ino && one.dev === other.dev;
}

/**
 * Whether a file contains AWS credentials, for any path to it: with “..”, links, or different case. Such files are
 * never read into a request, a form or a command.
 */
export async function isCredentialsFile(path: string, environment: Environment, files: FileNames): Promise<boolean> {
  const written = files.path.resolve(path);
  const real = await withoutLinks(path, files);
  if (ENVIRONMENT.test(written) || ENVIRONMENT.test(real)) return true;
  const stats = await files.stat(written).catch(() => undefined);
  const found = await Promise.all(
    secretPaths(environment, files).map(async (secret) => {
      const names = [secret, await withoutLinks(secret, files)];
      const { sep } = files.path;
      if (names.some((name) => isWithin(written, name, sep) || isWithin(real, name, sep))) return true;
      return isSameFile(stats, await files.stat(secret).catch(() => undefined));
    }),
  );
  return found.includes(true);
}
