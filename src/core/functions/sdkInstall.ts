/** The version of the SDK for JavaScript that this extension uses, too. Not every package has every version. */
const NODE_SDK_VERSION = '3.1164.0';

/** Packages with different version numbers. Other `@smithy` packages are installed in the latest version. */
const SMITHY_VERSIONS: Readonly<Record<string, string>> = {
  '@smithy/core': '3.41.0',
  '@smithy/fetch-http-handler': '5.8.1',
  '@smithy/node-http-handler': '4.14.2',
  '@smithy/protocol-http': '5.6.2',
  '@smithy/signature-v4': '5.7.5',
  '@smithy/smithy-client': '4.15.2',
  '@smithy/types': '4.20.0',
};

export const BOTO3_VERSION = '1.43.107';

function packageSpec(name: string): string {
  const version = name.startsWith('@smithy/') ? SMITHY_VERSIONS[name] : `<=${NODE_SDK_VERSION}`;
  return version === undefined ? name : `${name}@${version}`;
}

/** npm's arguments to install packages of the SDK for JavaScript into a folder, without running their scripts. */
export function npmArguments(packages: readonly string[], folder: string): string[] {
  const flags = ['--ignore-scripts', '--no-audit', '--no-fund', '--prefix', folder];
  return ['install', ...flags, ...packages.map(packageSpec)];
}

/** Python's arguments to install boto3 into a folder. Wheels are only unpacked: no code of the packages runs. */
export function pipArguments(folder: string): string[] {
  const flags = ['--no-input', '--disable-pip-version-check', '--only-binary', ':all:', '--target', folder];
  return ['-m', 'pip', 'install', ...flags, `boto3==${BOTO3_VERSION}`];
}

/** A command line for display. */
export function shownCommand(program: string, args: readonly string[]): string {
  return [program, ...args].map((part) => (/^[\w@%+=:,./\\-]+$/.test(part) ? part : `"${part}"`)).join(' ');
}

/** npm's codes for network errors. */
const NETWORK_CODES = new Set([
  'EAI_AGAIN',
  'ECONNREFUSED',
  'ECONNRESET',
  'ENETUNREACH',
  'ENOTFOUND',
  'EHOSTUNREACH',
  'ERR_SOCKET_TIMEOUT',
  'ETIMEDOUT',
]);
/** pip's network errors, which have no codes. */
const PIP_NETWORK = /NewConnectionError|Failed to establish a new connection|ConnectTimeoutError|ReadTimeoutError/;

/** Why an installation failed. `line` is the most informative line of the output. Absent if there's no output. */
export interface InstallFailure {
  readonly kind: 'offline' | 'noPip' | 'other';
  readonly line?: string;
}

/** Determines why npm or pip failed, by its output. Source: npm documentation, "Logging"; messages of pip. */
export function installFailure(lines: readonly string[]): InstallFailure {
  const code = lines.flatMap((line) => /^npm (?:error|ERR!) code (\S+)/.exec(line)?.[1] ?? [])[0];
  if (code !== undefined && NETWORK_CODES.has(code)) return { kind: 'offline' };
  if (lines.some((line) => PIP_NETWORK.test(line))) return { kind: 'offline' };
  if (lines.some((line) => line.endsWith('No module named pip'))) return { kind: 'noPip' };
  const errors = lines.filter((line) => /^(?:npm (?:error|ERR!)|ERROR:) /.test(line));
  const line = errors.find((each) => !/ code \S+$/.test(each)) ?? errors[0] ?? lines.at(-1);
  return line === undefined ? { kind: 'other' } : { kind: 'other', line };
}
