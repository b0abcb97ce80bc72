import { looksLikeAwsCommand } from '../../src/core/importExport/looksLikeAwsCommand.ts';
import { parseFunctionName, splitQualifier } from '../../src/core/functions/functionName.ts';
import { byId } from '../dom.ts';
import { post } from '../vscodeApi.ts';

const input = (name: 'FunctionName' | 'Qualifier') => byId<HTMLInputElement>(name);

/** Moves the qualifier of a full ARN to its own field. Returns whether it did. */
function splitArn(): boolean {
  const name = input('FunctionName');
  const qualifier = input('Qualifier');
  if (parseFunctionName(name.value.trim())?.isArn !== true) return false;
  const parts = splitQualifier(name.value.trim());
  if (parts.Qualifier === undefined || (qualifier.value !== '' && qualifier.value !== parts.Qualifier)) return false;
  name.value = parts.FunctionName;
  qualifier.value = parts.Qualifier;
  return true;
}

/** Imports pasted command lines, and splits ARNs that are pasted or left. */
export function listenToFunctionName(onSplit: () => void): void {
  const split = () => {
    if (splitArn()) onSplit();
  };
  input('FunctionName').addEventListener('change', split);
  input('FunctionName').addEventListener('paste', (event) => {
    const text = event.clipboardData?.getData('text/plain') ?? '';
    if (looksLikeAwsCommand(text)) {
      event.preventDefault();
      post({ type: 'importText', text });
    } else setTimeout(split); // after the text is pasted
  });
}
