import { dirname } from 'node:path';
import * as vscode from 'vscode';
import { InvokeError } from '../../core/invokeError.ts';
import type { LocalFunctionView } from '../../core/localFunctionView.ts';
import { message } from '../../core/messages.ts';
import { readSamConfig, type SamStack } from '../../core/samConfig.ts';
import { askChoice } from '../ask.ts';

export interface Deployed {
  readonly FunctionName: string;
  /** Of the stack, where its configuration names one. */
  readonly region?: string;
}

async function textOf(path: string): Promise<string | undefined> {
  return vscode.workspace.fs.readFile(vscode.Uri.file(path)).then(
    (bytes) => new TextDecoder().decode(bytes),
    () => undefined,
  );
}

/** The stacks a template is deployed as: those of samconfig.toml beside it or in the folder, or the one of a CDK template. */
async function stacksOf({ file, fileName, folder }: LocalFunctionView): Promise<SamStack[]> {
  const ofCdk = /([^/\\]+)\.template\.json$/.exec(file)?.[1];
  if (ofCdk !== undefined) return [{ environment: 'default', stackName: ofCdk }];
  for (const place of new Set([dirname(file), folder])) {
    const text = await textOf(`${place}/samconfig.toml`);
    if (text === undefined) continue;
    const stacks = readSamConfig(text, 'samconfig.toml');
    if (stacks.length === 0) throw new InvokeError(message('stackUnknown', fileName));
    return stacks;
  }
  return [];
}

/**
 * The deployed name of a function of the workspace: what its stack says of its logical id; without a stack, the name the
 * template gives it. Undefined where a question was not answered. Rejects with InvokeError.
 */
export async function deployedName(
  fn: LocalFunctionView,
  listStack: (stack: SamStack) => Promise<ReadonlyMap<string, string>>,
): Promise<Deployed | undefined> {
  const stacks = await stacksOf(fn);
  let [stack] = stacks;
  if (stacks.length > 1) {
    const items = stacks.map((one) => ({
      label: one.stackName,
      description: [one.environment, one.region].filter((part) => part !== undefined).join(' · '),
      stack: one,
    }));
    const title = vscode.l10n.t('Stack of {0}', fn.name);
    stack = (await askChoice(items, { title, placeHolder: vscode.l10n.t('Deployed as which stack?') }))?.stack;
    if (stack === undefined) return undefined;
  }
  if (stack === undefined) return { FunctionName: fn.name };
  const found = await listStack(stack);
  const id = [fn.name, ...fn.otherNames].find((name) => found.has(name));
  const region = stack.region === undefined ? {} : { region: stack.region };
  return { FunctionName: (id === undefined ? undefined : found.get(id)) ?? fn.name, ...region };
}
