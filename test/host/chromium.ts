import { ensureProgram } from './ensureProgram.ts';

/** The path of a Chromium, installed where that is possible. */
export function ensureChromium(): Promise<string> {
  const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
  return ensureProgram({ title: 'Chromium', names, packages: ['chromium', 'fonts-liberation'] });
}
