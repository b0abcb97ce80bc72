import { delimiter, isAbsolute, relative } from 'node:path';

function isWithin(path: string, folder: string): boolean {
  const below = relative(folder, path);
  return below === '' || (!below.startsWith('..') && !isAbsolute(below));
}

/** Variables of VS Code and of npm scripts, and options of Node.js and Python. */
const EXCLUDED = /^(?:VSCODE_|ELECTRON_|npm_|INIT_CWD$|NODE_OPTIONS$|NODE_PATH$|PYTHONPATH$|PYTHONHOME$|VIRTUAL_ENV$)/;

/**
 * The environment for npm and pip. Excludes the folders of the workspace on the PATH, and variables with a path in the
 * workspace, such as that of an npm configuration.
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
