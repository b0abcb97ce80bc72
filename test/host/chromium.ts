import { ensureProgram } from './ensureProgram.ts';

/** The path of Chromium, which is installed if necessary and possible. */
export function ensureChromium(): Promise<string> {
  const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
  return ensureProgram({ title: 'Chromium', names, packages: ['chromium', 'fonts-liberation'] });
}
