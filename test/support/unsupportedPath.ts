/** Characters that Vite, which loads the tests, interprets as parts of a URL. */
const URL_CHARACTERS = /[#?%\\]/;

/** Why the tests can't run in this folder, or undefined. */
export function unsupportedPath(folder: string): string | undefined {
  const [character] = URL_CHARACTERS.exec(folder) ?? [];
  if (character === undefined || process.platform === 'win32') return undefined;
  return `The tests can't run in a folder whose path contains ${character}, because Vite can't load modules from it. Move the clone to another folder: ${folder}`;
}
