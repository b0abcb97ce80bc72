import { findProgram, run } from './command.ts';

interface RequiredProgram {
  /** What a person calls it. */
  readonly title: string;
  /** What it is called on the PATH. */
  readonly names: readonly string[];
  /** Debian's packages that bring it. */
  readonly packages: readonly string[];
}

/** The path of a program. Where there is none it is installed if this machine allows it; else the remedy is told. */
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
  if (code !== 0 || installed === undefined) throw new Error(`${title} could not be installed. ${instruction}\n${output}`);
  return installed;
}
