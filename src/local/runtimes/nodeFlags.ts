import type { LocalFunction } from '../../core/functions/localFunctions.ts';
import { versionOfProgram } from './executables.ts';

interface NodeVersion {
  readonly major: number;
  readonly minor: number;
}

/** The version of a Node.js program, or zeros if it doesn't start. */
async function versionOf(node: string): Promise<NodeVersion> {
  const text = (await versionOfProgram(node)) ?? '';
  const [major = 0, minor = 0] = text.replace(/^v/, '').split('.').map(Number);
  return { major, minor };
}

/**
 * Flags for type stripping: none since Node.js 22.18 and 23.6, required since 22.6. Undefined if it isn't supported.
 */
export async function typeScriptFlags(node: string): Promise<string[] | undefined> {
  const { major, minor } = await versionOf(node);
  if (major > 23 || (major === 23 && minor >= 6) || (major === 22 && minor >= 18)) return [];
  if (major === 23 || (major === 22 && minor >= 6)) return ['--experimental-strip-types', '--no-warnings'];
  return undefined;
}

/** A feature of Node.js that Lambda disables up to nodejs22.x and enables since nodejs24.x. */
interface LoaderFeature {
  readonly flag: string;
  /** Whether a version of Node.js has the flag. Versions without it exit if it's set. */
  readonly exists: (version: NodeVersion) => boolean;
  /** Whether the feature is on without the flag. */
  readonly isDefault: (version: NodeVersion) => boolean;
}

/** Whether a version has at least the minor version given for its major version, or a later major version than 22. */
function isSince({ major, minor }: NodeVersion, minors: Readonly<Record<number, number>>): boolean {
  return major > 22 || minor >= (minors[major] ?? Infinity);
}

/** Source: Node.js documentation, "Command-line API"; Lambda developer guide, "Building Lambda functions with Node.js". */
const LOADER_FEATURES: readonly LoaderFeature[] = [
  {
    flag: 'experimental-require-module',
    exists: (version) => isSince(version, { 20: 17, 22: 0 }),
    isDefault: (version) => isSince(version, { 20: 19, 22: 12 }),
  },
  {
    flag: 'experimental-detect-module',
    exists: (version) => isSince(version, { 20: 10, 21: 1, 22: 0 }),
    isDefault: (version) => isSince(version, { 20: 19, 22: 7 }),
  },
];

/** The first runtime that loads ES modules with `require` and detects them by their syntax. */
const FIRST_MAJOR_WITH_FEATURES = 24;

/** The major version of a Node.js runtime such as `nodejs22.x`; 0 if it has none. */
function majorOfRuntime(runtime: string): number {
  return Number(/^nodejs(\d+)/.exec(runtime)?.[1] ?? 0);
}

/**
 * Flags with which the local Node.js loads modules like the function's runtime. As on Lambda, the function's
 * NODE_OPTIONS can enable a feature that its runtime disables. Empty if Node.js doesn't start. Source: LOADER_FEATURES.
 */
export async function moduleFlags(
  node: string,
  { runtime, environment }: Pick<LocalFunction, 'runtime' | 'environment'>,
): Promise<string[]> {
  const version = await versionOf(node);
  const isEnabled = majorOfRuntime(runtime) >= FIRST_MAJOR_WITH_FEATURES;
  const options = (environment['NODE_OPTIONS'] ?? '').split(/\s/);
  const flags = LOADER_FEATURES.flatMap(({ flag, exists, isDefault }) => {
    const isSetByFunction = options.includes(`--${flag}`) || options.includes(`--no-${flag}`);
    if (isSetByFunction || !exists(version) || isDefault(version) === isEnabled) return [];
    return isEnabled ? [`--${flag}`] : [`--no-${flag}`];
  });
  return isEnabled && flags.length > 0 ? [...flags, ...warningFlags(version)] : flags;
}

/** On Lambda, these features aren't experimental and don't log a warning. Older versions of Node.js lack this flag. */
function warningFlags(version: NodeVersion): string[] {
  return isSince(version, { 20: 11, 21: 3, 22: 0 }) ? ['--disable-warning=ExperimentalWarning'] : [];
}

/**
 * Flags for compiled TypeScript. A build would include the ES modules that it imports, so `require` loads them with every
 * runtime.
 */
export async function compiledFlags(
  node: string,
  { environment }: Pick<LocalFunction, 'environment'>,
): Promise<string[]> {
  const flags = await moduleFlags(node, { runtime: `nodejs${FIRST_MAJOR_WITH_FEATURES}.x`, environment });
  return [...new Set([...flags, ...warningFlags(await versionOf(node))])];
}

/**
 * Flags to wait for a debugger: `--inspect-wait` since Node.js 20.15 and 22.2. Before, `--inspect-brk` also pauses at the
 * first line, where reading the scopes sometimes crashes V8 (nodejs/node issue 57606).
 *
 * The address with its secret path is written to stderr only: over HTTP, every user of this machine could read it from the
 * inspector's port.
 */
export async function inspectorFlags(node: string): Promise<string[]> {
  const { major, minor } = await versionOf(node);
  const canWait = major > 22 || (major === 22 && minor >= 2) || (major === 20 && minor >= 15);
  return [`--inspect-${canWait ? 'wait' : 'brk'}=127.0.0.1:0`, '--inspect-publish-uid=stderr'];
}
