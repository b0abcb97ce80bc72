import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Adds a second folder and returns the multi-root workspace file. */
export async function addSecondFolder(folder: string, settings: object = {}): Promise<string> {
  await mkdir(join(folder, 'second/.vscode'), { recursive: true });
  const presets = [{ name: 'from the second', FunctionName: 'hello', endpoint: 'local' }];
  await writeFile(join(folder, 'second/.vscode/lambda-invoke.json'), JSON.stringify({ presets }));
  const file = join(folder, 'two.code-workspace');
  await writeFile(file, JSON.stringify({ folders: [{ path: 'workspace' }, { path: 'second' }], settings }));
  return file;
}
