import { access, constants, stat } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import type { MissingSdkPackage, SdkLanguage } from '../../../core/functions/runtimeSdk.ts';
import { npmArguments, pipArguments } from '../../../core/functions/sdkInstall.ts';
import type { SdkImports } from '../../../core/functions/sdkImports.ts';
import { hasInstalledBoto3, installedNodePackages, newFolder } from './sdkFolder.ts';

/** The installation of an SDK: a command that fills a new folder. */
export interface SdkStep {
  readonly language: SdkLanguage;
  readonly folder: string;
  readonly program: string;
  readonly args: readonly string[];
}

/**
 * Why an SDK can't be installed: a program isn't on the PATH, Lambda doesn't include the SDK in the runtime of the failed
 * function, or a setting names the folder to use instead.
 */
export type PlanProblem =
  | { readonly kind: 'npmMissing' | 'pythonMissing' }
  | { readonly kind: 'notIncluded'; readonly name: string; readonly runtime: string }
  | { readonly kind: 'folderSet'; readonly names: string; readonly setting: string };

/** What to install. Empty if nothing is missing. */
export type SdkPlan = { readonly steps: readonly SdkStep[] } | { readonly problem: PlanProblem };

export interface PlanOptions {
  /** The folder with the installed SDKs. */
  readonly root: string;
  readonly env: NodeJS.ProcessEnv;
  /** What the code of functions imports, and the package that a failed function lacks. */
  readonly imports: SdkImports;
  readonly missing?: MissingSdkPackage;
  /** The values of the settings. Empty if they aren't set. */
  readonly settings: { readonly nodeSdk: string; readonly pythonSdk: string; readonly python: string };
}

const EXTENSIONS = process.platform === 'win32' ? ['.exe', '.cmd'] : [''];

/** The first of these programs on the PATH. */
async function onPath(names: readonly string[], env: NodeJS.ProcessEnv): Promise<string | undefined> {
  const path = Object.entries(env).find(([name]) => name.toUpperCase() === 'PATH')?.[1] ?? '';
  const files = names.flatMap((name) =>
    path.split(delimiter).flatMap((folder) => EXTENSIONS.map((extension) => join(folder, name + extension))),
  );
  for (const file of path === '' ? [] : files) {
    const isProgram = await access(file, constants.X_OK).then(
      async () => (await stat(file)).isFile(),
      () => false,
    );
    if (isProgram) return file;
  }
  return undefined;
}

async function nodeStep({
  root,
  env,
  imports,
  missing,
  settings,
}: PlanOptions): Promise<SdkStep | PlanProblem | undefined> {
  const wanted = [...imports.node, ...(missing?.language === 'node' ? [missing.name] : [])];
  const installed = await installedNodePackages(root);
  const added = wanted.filter((name) => !installed.includes(name));
  if (added.length === 0) return undefined;
  const names = [...new Set(added)].toSorted();
  if (settings.nodeSdk !== '')
    return { kind: 'folderSet', names: names.join(', '), setting: 'lambdaInvoke.local.nodeSdkPath' };
  const program = await onPath(['npm'], env);
  if (program === undefined) return { kind: 'npmMissing' };
  const folder = newFolder(root, 'node');
  // Installed packages are kept, because other workspaces use them.
  const packages = [...new Set([...installed, ...added])].toSorted();
  return { language: 'node', folder, program, args: npmArguments(packages, folder) };
}

async function pythonStep({
  root,
  env,
  imports,
  missing,
  settings,
}: PlanOptions): Promise<SdkStep | PlanProblem | undefined> {
  if (!imports.python && missing?.language !== 'python') return undefined;
  if (await hasInstalledBoto3(root)) return undefined;
  if (settings.pythonSdk !== '')
    return { kind: 'folderSet', names: 'boto3', setting: 'lambdaInvoke.local.pythonSdkPath' };
  const program = settings.python || (await onPath(['python3', 'python'], env));
  if (program === undefined) return { kind: 'pythonMissing' };
  const folder = newFolder(root, 'python');
  return { language: 'python', folder, program, args: pipArguments(folder) };
}

/** Plans to install the packages that functions import, together with those that are already installed. */
export async function planInstall(options: PlanOptions): Promise<SdkPlan> {
  const { missing, imports } = options;
  const [runtime] = imports.withoutSdk;
  if (missing !== undefined && runtime !== undefined)
    return { problem: { kind: 'notIncluded', name: missing.name, runtime } };
  const parts = [await nodeStep(options), await pythonStep(options)].filter((part) => part !== undefined);
  const problem = parts.find((part) => 'kind' in part);
  return problem === undefined ? { steps: parts.filter((part) => 'program' in part) } : { problem };
}
