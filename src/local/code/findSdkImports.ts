import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { importsBoto3, nodeSdkImports, type SdkImports } from '../../core/functions/sdkImports.ts';
import { sdkLanguageOf, type SdkLanguage } from '../../core/functions/runtimeSdk.ts';
import { listFolder } from '../workspace/listFolder.ts';
import type { WorkspaceFunction } from '../workspace/workspaceFunctions.ts';

/** Limits for one search, so that a large folder doesn't delay it. Sizes in bytes. */
const MAX_ENTRIES = 20_000;
const MAX_FILE = 4_194_304;
const MAX_TEXT = 67_108_864;

const SKIPPED = new Set(['node_modules', '__pycache__', 'venv']);
const SOURCES: Readonly<Record<SdkLanguage, RegExp>> = { node: /\.[cm]?[jt]sx?$/, python: /\.py$/ };

/** The source files below a folder with their text. Links aren't followed. */
async function* sourceTexts(root: string, language: SdkLanguage, budget: { entries: number; text: number }) {
  const folders = [root];
  for (let folder = folders.shift(); folder !== undefined && budget.entries > 0; folder = folders.shift()) {
    const entries = await listFolder(folder, budget.entries);
    budget.entries -= entries.length;
    for (const entry of entries) {
      const path = join(folder, entry.name);
      if (entry.isDirectory() && !SKIPPED.has(entry.name) && !entry.name.startsWith('.')) folders.push(path);
      if (!entry.isFile() || !SOURCES[language].test(entry.name)) continue;
      const size = await stat(path).then(
        (stats) => stats.size,
        () => Infinity,
      );
      if (size > MAX_FILE || size > budget.text) continue;
      budget.text -= size;
      yield { path, text: await readFile(path, 'utf8').catch(() => '') };
    }
  }
}

/** Whether the project has a package for the code in a folder, as Node.js searches for it. */
function hasPackage(folder: string, name: string): boolean {
  if (existsSync(join(folder, 'node_modules', name))) return true;
  const parent = dirname(folder);
  return parent !== folder && hasPackage(parent, name);
}

const HAS_BOTO3 = 'import sys; sys.path.pop(0); import importlib.util as u; sys.exit(u.find_spec("boto3") is None)';

/** Whether an interpreter finds boto3 among its packages. */
function hasBoto3(python: string): Promise<boolean> {
  return new Promise((resolve) => {
    execFile(python, ['-c', HAS_BOTO3], { timeout: 10_000 }, (error) => resolve(error === null));
  });
}

interface Options {
  /** The Python interpreter of a function. */
  readonly pythonOf: (definition: WorkspaceFunction) => Promise<string | undefined>;
}

/**
 * What functions import from the SDKs of Lambda's runtimes, without what their projects and interpreters have. Only reads
 * their code. Never rejects.
 */
export async function findSdkImports(
  definitions: readonly WorkspaceFunction[],
  { pythonOf }: Options,
): Promise<SdkImports> {
  const budget = { entries: MAX_ENTRIES, text: MAX_TEXT };
  const seen = new Set<string>();
  const node = new Set<string>();
  const withoutSdk = new Set<string>();
  let python = false;
  for (const definition of definitions) {
    const language = sdkLanguageOf(definition.fn.runtime);
    if (language === undefined) {
      withoutSdk.add(definition.fn.runtime);
      continue;
    }
    const { taskRoot, builtRoot = taskRoot } = definition;
    for (const root of new Set([taskRoot, builtRoot])) {
      if (seen.has(`${language} ${root}`) || (language === 'python' && python)) continue;
      seen.add(`${language} ${root}`);
      for await (const { path, text } of sourceTexts(root, language, budget)) {
        if (language === 'node')
          for (const name of nodeSdkImports(text)) if (!hasPackage(dirname(path), name)) node.add(name);
        if (language === 'node' || !importsBoto3(text) || existsSync(join(root, 'boto3'))) continue;
        const interpreter = await pythonOf(definition);
        python = interpreter !== undefined && !(await hasBoto3(interpreter));
        break;
      }
    }
  }
  return { node: [...node].toSorted(), python, withoutSdk: [...withoutSdk].toSorted() };
}
