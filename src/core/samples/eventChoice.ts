import { eventMatch, type EventCandidate } from './eventMatch.ts';

/** A JSON file that a function might receive. */
interface EventFile {
  /** Relative to its payload folder, with `/`: `hello.json`. */
  readonly path: string;
}

/** The names and events of a function. */
export type EventReceiver = Pick<EventCandidate, 'name' | 'otherNames' | 'events'>;

/** The event to send: none, a file, or one of several files that the user selects from, best match first. */
export type EventChoice<File> =
  | { readonly kind: 'none' }
  | { readonly kind: 'file'; readonly file: File }
  | { readonly kind: 'several'; readonly files: readonly File[] };

const DEFAULT_NAME = 'event.json';

function fileName({ path }: EventFile): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/**
 * Chooses the event file of a function: the file with its name, a file that matches its name or one of its events,
 * `event.json` as in projects created by `sam init`, or the only file. `folders` are the files of each folder, nearest to
 * the template first. Only the first folder with suitable files is used, except for files with the function's name. A
 * file that matches one of the `others` better is sent only if the user selects it. `canReceive` returns whether the
 * location of a file allows another function to receive it.
 */
export function chooseEvent<File extends EventFile, Other extends EventReceiver>(
  folders: readonly (readonly File[])[],
  fn: EventReceiver,
  others: readonly Other[],
  canReceive: (file: File, other: Other) => boolean = () => true,
): EventChoice<File> {
  const names = [fn.name, ...fn.otherNames];
  const score = ({ path }: File) => eventMatch(path, fn);
  const otherScore = (file: File) =>
    others.reduce((most, other) => (canReceive(file, other) ? Math.max(most, eventMatch(file.path, other)) : most), 0);
  const isForOther = (file: File) => score(file) < 3 && otherScore(file) >= 3;
  const several = (): EventChoice<File> => {
    const rank = (file: File) => (isForOther(file) ? -1 : score(file));
    return { kind: 'several', files: folders.flat().toSorted((one, other) => rank(other) - rank(one)) };
  };
  const oneOf = (files: readonly File[]): EventChoice<File> | undefined => {
    const [file, ...more] = files;
    if (file === undefined) return undefined;
    return more.length === 0 ? { kind: 'file', file } : several();
  };

  for (const files of folders) {
    const chosen = oneOf(files.filter((file) => names.some((name) => fileName(file) === `${name}.json`)));
    if (chosen !== undefined) return chosen;
  }
  for (const files of folders) {
    const chosen = oneOf(files.filter((file) => score(file) === 4));
    if (chosen !== undefined) return chosen;
  }
  for (const files of folders) {
    const suitable = files.filter((file) => !isForOther(file));
    if (suitable.length === 0) continue;
    const chosen = oneOf(suitable.filter((file) => score(file) === 3));
    if (chosen !== undefined) return chosen;
    const byDefault = suitable.find(({ path }) => path === DEFAULT_NAME);
    if (byDefault !== undefined) return { kind: 'file', file: byDefault };
    const [only] = suitable;
    const isOnlyOne = only !== undefined && files.length === 1 && otherScore(only) <= score(only);
    return isOnlyOne ? { kind: 'file', file: only } : several();
  }
  return { kind: 'none' };
}

/**
 * The folders whose payload folders can contain events of a function, nearest first: that of its template, those of its
 * code below it, and those above it up to the workspace folder. Paths with `/`.
 */
export function eventFolders({
  folder,
  template,
  source,
}: {
  readonly folder: string;
  readonly template: string;
  readonly source?: string;
}): string[] {
  const parent = (path: string) => path.slice(0, path.lastIndexOf('/'));
  /** The folders of a file up to `top`, nearest first. None if the file isn't below `top`. */
  const chain = (path: string, top: string): string[] => {
    if (!path.startsWith(`${top}/`)) return [];
    const above = parent(path);
    return [above, ...(above === top ? [] : chain(above, top))];
  };
  const own = parent(template);
  const code = source === undefined ? [] : chain(source, own);
  return [...new Set([own, ...code, ...chain(template, folder), folder])];
}
