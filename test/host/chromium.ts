import { findProgram, run } from './command.ts';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const REMEDY = 'Install it (Debian: apt-get install chromium) and run this again.';

/** The path of a Chromium. Where there is none it is installed if this machine allows it; else the remedy is told. */
export async function ensureChromium(): Promise<string> {
  const found = findProgram(...NAMES);
  if (found !== undefined) return found;
  const canInstall = process.getuid?.() === 0 && findProgram('apt-get') !== undefined;
  if (!canInstall) throw new Error(`No Chromium was found on the PATH. ${REMEDY}`);
  console.log('Installing Chromium with apt-get…');
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  await run('apt-get', ['update', '-q'], { env });
  const { code, output } = await run(
    'apt-get',
    ['install', '-y', '-q', '--no-install-recommends', 'chromium', 'fonts-liberation'],
    {
      env,
    },
  );
  const installed = findProgram(...NAMES);
  if (code !== 0 || installed === undefined) throw new Error(`Chromium could not be installed. ${REMEDY}\n${output}`);
  return installed;
}
