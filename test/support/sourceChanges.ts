import { rename, rm, unlink, utimes } from 'node:fs/promises';
import type { WatchedFolder } from './watchedFolder.ts';

type Folder = Pick<WatchedFolder, 'write' | 'path'>;

/** What changes source files, and the file whose edit must be noticed afterwards. */
export const SOURCE_CHANGES: Record<string, { change: (folder: Folder) => Promise<void>; file?: string }> = {
  'a file is edited': { change: ({ write }) => write('code/index.js', 'edited') },
  'a file in a subfolder is edited': { change: ({ write }) => write('code/lib/a.js', 'edited') },
  'a file is added': { change: ({ write }) => write('code/new.js') },
  'a file is removed': { change: ({ path }) => unlink(path('code/lib/a.js')) },
  'a file is renamed': { change: ({ path }) => rename(path('code/lib/a.js'), path('code/lib/b.js')) },
  'a file is replaced by an older one': {
    change: async ({ write, path }) => {
      await write('code/older.txt', 'x');
      await utimes(path('code/older.txt'), 1e9, 1e9);
      await rename(path('code/older.txt'), path('code/index.js'));
    },
  },
  'a subfolder is added': { change: ({ write }) => write('code/new/deep/a.js'), file: 'code/new/deep/a.js' },
  'a subfolder is removed': { change: ({ path }) => rm(path('code/lib'), { recursive: true }) },
  'a subfolder is moved in': {
    change: async ({ write, path }) => {
      await write('other/a.js');
      await rename(path('other'), path('code/other'));
    },
    file: 'code/other/a.js',
  },
  'the folder is replaced by another': {
    change: async ({ write, path }) => {
      await write('next/index.js', 'next');
      await rename(path('code'), path('before'));
      await rename(path('next'), path('code'));
    },
  },
  'the folder is removed and created again': {
    change: async ({ write, path }) => {
      await rm(path('code'), { recursive: true });
      await write('code/index.js', 'again');
    },
  },
};
