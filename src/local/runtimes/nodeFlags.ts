import { versionOfProgram } from './executables.ts';

/** The version of a Node.js program, or zeros if it doesn't start. */
async function versionOf(node: string): Promise<{ readonly major: number; readonly minor: number }> {
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
