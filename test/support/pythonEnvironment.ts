import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

const PACKAGES = 'import sysconfig; print(sysconfig.get_path("purelib"))';

/** Creates a Python environment without packages in a folder. Returns the folder for its packages. */
export function addPythonEnvironment(folder: string): string {
  const environment = join(folder, '.venv');
  execFileSync('python3', ['-m', 'venv', '--without-pip', environment]);
  return execFileSync(join(environment, 'bin/python'), ['-c', PACKAGES], { encoding: 'utf8' }).trim();
}
