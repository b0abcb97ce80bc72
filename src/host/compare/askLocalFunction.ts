import * as vscode from 'vscode';
import { parseFunctionName } from '../../core/functions/functionName.ts';
import type { LocalFunctionView } from '../../core/functions/localFunctionView.ts';
import { indexNames } from '../../core/functions/nameIndex.ts';
import { nearestFunctions } from '../../core/functions/nearestFunctions.ts';
import { unknownLocalFunction } from '../../core/functions/unknownFunction.ts';
import { InvokeError } from '../../core/outcome/invokeError.ts';
import type { LocalFunctions } from '../functions/localFunctions.ts';
import { askChoice } from '../ui/ask.ts';

/** A local function, and whether it has the same name as the invoked one. */
interface FoundFunction {
  readonly fn: LocalFunctionView;
  readonly hasSameName: boolean;
}

/**
 * Finds the local function of an invocation. If none has its name, prompts for one, with the most similar names first:
 * deployed functions often have other names. Undefined if canceled. Rejects with InvokeError if there are none.
 */
export async function askLocalFunction(
  FunctionName: string,
  localFunctions: Pick<LocalFunctions, 'list'>,
  title: string,
): Promise<FoundFunction | undefined> {
  const { functions, problems } = await localFunctions.list();
  const name = parseFunctionName(FunctionName)?.name ?? FunctionName;
  const same = indexNames(functions).find(name);
  if (same !== undefined) return { fn: same, hasSameName: true };
  const usable = functions.filter(({ obstacle }) => obstacle === undefined);
  if (usable.length === 0) throw new InvokeError(unknownLocalFunction({ FunctionName: name }, functions, problems));
  const near = nearestFunctions(
    name,
    usable.map((fn) => fn.name),
  );
  const rank = (fn: LocalFunctionView) => (near.includes(fn.name) ? near.indexOf(fn.name) : near.length);
  const rows = usable
    .toSorted((one, other) => rank(one) - rank(other))
    .map((fn) => ({ label: fn.name, description: `${fn.runtime} · ${fn.fileName}`, fn }));
  const placeHolder = vscode.l10n.t('No function "{0}" in this workspace. Select the function to run instead.', name);
  const picked = await askChoice(rows, { title, placeHolder, matchOnDescription: true });
  return picked && { fn: picked.fn, hasSameName: false };
}
