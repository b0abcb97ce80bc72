import { sep } from 'node:path';

/** The name of each folder, or the shortest end of its path that no other folder has. Joined by `/`. */
export function folderLabels(paths: readonly string[]): string[] {
  const ends = paths.map((path) => {
    const parts = path.split(sep);
    return parts.map((_, index) => parts.slice(-index - 1).join('/'));
  });
  return ends.map((own, index) => {
    const others = ends.filter((_, other) => other !== index);
    return own.find((end) => !others.some((each) => each.includes(end))) ?? own.at(-1) ?? '';
  });
}
