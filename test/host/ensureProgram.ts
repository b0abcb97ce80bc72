import { findProgram, run } from './command.ts';

interface RequiredProgram {
  /** Its name in messages. */
  readonly title: string;
  /** Its names on the PATH. */
  readonly names: readonly string[];
  /** Its Debian packages. */
  readonly packages: readonly string[];
}

/** The path of a program, which is installed if necessary. Throws with instructions if that isn't possible. */
export async function ensureProgram({ title, names, packages }: RequiredProgram): Promise<string> {
  const found = findProgram(...names);
  if (found !== undefined) return found;
  const instruction = `Install it (Debian: apt-get install ${packages[0]}) and run this again.`;
  const canInstall = process.getuid?.() === 0 && findProgram('apt-get') !== undefined;
  if (!canInstall) throw new Error(`No ${title} was found on the PATH. ${instruction}`);
  console.log(`Installing ${title} with apt-get…`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  await run('apt-get', ['update', '-q'], { env });
  const args = ['install', '-y', '-q', '--no-install-recommends', ...packages];
  const { code, output } = await run('apt-get', args, { env });
  const installed = findProgram(...names);
  if (code !== 0 || installed === undefined)
    throw new Error(`${title} could not be installed. ${instruction}\n${output}`);
  return installed;
}
