import { basename, dirname } from 'node:path';
import * as vscode from 'vscode';
import { cdkStackName } from '../../core/functions/cdkManifest.ts';
import { InvokeError } from '../../core/outcome/invokeError.ts';
import type { LocalFunctionView } from '../../core/functions/localFunctionView.ts';
import { message } from '../../core/messages/messages.ts';
import { readSamConfig, type SamStack } from '../../core/functions/samConfig.ts';
import { readTextFile } from '../files/textFiles.ts';
import { askChoice } from '../ui/ask.ts';

export interface Deployed {
  readonly FunctionName: string;
  /** The region of the stack, if configured. */
  readonly region?: string;
}

const textOf = (path: string) => readTextFile(vscode.Uri.file(path));

/** The stack of a CDK template, from the manifest of its assembly. */
async function cdkStack(file: string): Promise<SamStack[]> {
  const text = file.endsWith('.template.json') ? await textOf(`${dirname(file)}/manifest.json`) : undefined;
  const stackName = text === undefined ? undefined : cdkStackName(text, basename(file));
  return stackName === undefined ? [] : [{ environment: 'default', stackName }];
}

/** The stacks of a template, from samconfig.toml next to it or in the folder, or from a CDK assembly. */
async function stacksOf({ file, fileName, folder }: LocalFunctionView): Promise<SamStack[]> {
  for (const place of new Set([dirname(file), folder])) {
    const text = await textOf(`${place}/samconfig.toml`);
    if (text === undefined) continue;
    const stacks = readSamConfig(text, 'samconfig.toml');
    if (stacks.length === 0) throw new InvokeError(message('stackUnknown', fileName));
    return stacks;
  }
  return cdkStack(file);
}

interface StackLookUp {
  /** The connection has a region, which overrides that of a stack. */
  readonly hasRegion: boolean;
  /** Resolves to undefined if canceled. */
  readonly listStack: (stack: SamStack) => Promise<ReadonlyMap<string, string> | undefined>;
}

/**
 * The deployed name of a workspace function: the physical ID in its stack, or without a stack the name in the template.
 * Returns undefined if canceled. Rejects with InvokeError.
 */
export async function deployedName(
  fn: LocalFunctionView,
  { hasRegion, listStack }: StackLookUp,
): Promise<Deployed | undefined> {
  const stacks = await stacksOf(fn);
  let [stack] = stacks;
  if (stacks.length > 1) {
    const items = stacks.map((one) => ({
      label: one.stackName,
      description: [one.environment, one.region].filter((part) => part !== undefined).join(' · '),
      stack: one,
    }));
    const title = vscode.l10n.t('Stack for {0}', fn.name);
    stack = (await askChoice(items, { title, placeHolder: vscode.l10n.t('Select the stack to use') }))?.stack;
    if (stack === undefined) return undefined;
  }
  if (stack === undefined) return { FunctionName: fn.plainName };
  const found = await listStack(stack);
  if (found === undefined) return undefined;
  const id = [fn.plainName, ...fn.otherNames].find((name) => found.has(name));
  const FunctionName = id === undefined ? undefined : found.get(id);
  if (FunctionName === undefined) throw new InvokeError(message('notInStack', fn.name, stack.stackName));
  return { FunctionName, ...(!hasRegion && stack.region !== undefined && { region: stack.region }) };
}
