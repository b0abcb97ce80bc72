import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { LocalFunction } from '../../core/functions/localFunctions.ts';
import { sdkLanguageOf, type SdkLanguage } from '../../core/functions/runtimeSdk.ts';
import { message, type Message } from '../../core/messages/messages.ts';

/** Where the AWS SDKs of Lambda's runtimes are on this machine. */
export interface SdkFolders {
  /** The folders from the settings. Empty or absent if they aren't set. */
  readonly nodeSdk?: string;
  readonly pythonSdk?: string;
  /** The folder with the SDKs that this extension installed, each in a subfolder named for its language. */
  readonly installedSdks?: string;
}

/** For the bootstrap of Python functions, which removes it from the environment. */
const PYTHON_SDK = 'LAMBDA_INVOKE_SDK';

const SETTINGS = { node: 'nodeSdk', python: 'pythonSdk' } as const satisfies Record<SdkLanguage, keyof SdkFolders>;

/** The folder with the packages of a function's SDK. Undefined if Lambda includes none, or if it isn't here. */
function folderOf({ runtime }: Pick<LocalFunction, 'runtime'>, folders: SdkFolders): string | undefined {
  const language = sdkLanguageOf(runtime);
  if (language === undefined) return undefined;
  const { installedSdks } = folders;
  const folder = folders[SETTINGS[language]] || (installedSdks && join(installedSdks, language));
  if (!folder) return undefined;
  const packages = join(folder, 'node_modules');
  return [...(language === 'node' ? [packages] : []), folder].find((each) => existsSync(each));
}

/** The folders with Node.js packages that follow those of the project and of layers. */
export function nodeSdkFolders(fn: Pick<LocalFunction, 'runtime'>, folders: SdkFolders): string[] {
  const folder = sdkLanguageOf(fn.runtime) === 'node' ? folderOf(fn, folders) : undefined;
  return folder === undefined ? [] : [folder];
}

/**
 * The variable that names the folder with boto3. The bootstrap adds it to the end of `sys.path`: the function's code, its
 * layers, and the packages of its Python environment come first. Source: Lambda developer guide, "Deploy Python Lambda
 * functions with container images".
 */
export function pythonSdkVariable(
  fn: Pick<LocalFunction, 'runtime'>,
  folders: SdkFolders,
): Readonly<Record<string, string>> {
  const folder = sdkLanguageOf(fn.runtime) === 'python' ? folderOf(fn, folders) : undefined;
  return folder === undefined ? {} : { [PYTHON_SDK]: folder };
}

/** A message if the folder from the setting doesn't exist. */
export function sdkNotes(fn: Pick<LocalFunction, 'runtime'>, folders: SdkFolders): Message[] {
  const language = sdkLanguageOf(fn.runtime);
  const folder = language && folders[SETTINGS[language]];
  if (language === undefined || !folder || existsSync(folder)) return [];
  return [message('sdkFolderMissing', folder, `lambdaInvoke.local.${SETTINGS[language]}Path`)];
}
