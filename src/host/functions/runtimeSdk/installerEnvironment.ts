import { delimiter, isAbsolute, relative } from 'node:path';

function isWithin(path: string, folder: string): boolean {
  const way = relative(folder, path);
  return way === '' || (!way.startsWith('..') && !isAbsolute(way));
}

/** Variables of VS Code, of a project's npm script, and options of Node.js and Python for other programs. */
const EXCLUDED = /^(?:VSCODE_|ELECTRON_|npm_|INIT_CWD$|NODE_OPTIONS$|NODE_PATH$|PYTHONPATH$|PYTHONHOME$|VIRTUAL_ENV$)/;

/**
 * The environment for npm and pip: without what belongs to a workspace. Excludes folders of the workspace from the PATH,
 * and variables that name a file in it, such as a configuration of npm.
 */
export function installerEnvironment(env: NodeJS.ProcessEnv, folders: readonly string[]): NodeJS.ProcessEnv {
  const isInWorkspace = (path: string) => folders.some((folder) => isWithin(path, folder));
  const entries = Object.entries(env).flatMap(([name, value = '']): [string, string][] => {
    if (name.toUpperCase() !== 'PATH') {
      const isExcluded = EXCLUDED.test(name) || (isAbsolute(value) && isInWorkspace(value));
      return isExcluded ? [] : [[name, value]];
    }
    const paths = value.split(delimiter).filter((path) => isAbsolute(path) && !isInWorkspace(path));
    return [[name, paths.join(delimiter)]];
  });
  return Object.fromEntries(entries);
}
