import { parsePresetsFile, type PresetsFile } from './presetsFile.ts';

/** Parses presets files. The last text of each is parsed once, because that takes most of the time for a large file. */
export function createParsedFiles(): (id: string, text: string, fileName: string) => PresetsFile {
  const parsed = new Map<string, { readonly text: string; readonly fileName: string; readonly file: PresetsFile }>();
  return (id, text, fileName) => {
    const last = parsed.get(id);
    if (last?.text === text && last.fileName === fileName) return last.file;
    const file = parsePresetsFile(text, fileName);
    parsed.set(id, { text, fileName, file });
    return file;
  };
}
