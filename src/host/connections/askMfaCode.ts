import * as vscode from 'vscode';
import { InvokeError } from '../../core/outcome/invokeError.ts';
import { message } from '../../core/messages/messages.ts';
import { askText } from '../ui/ask.ts';
import { withToken } from '../ui/cancellation.ts';
import { sentence } from '../ui/localize.ts';

/** Prompts for an MFA code. Rejects with InvokeError if none is entered. The signal closes the input box. */
export async function askMfaCode(serial: string, profile: string, signal?: AbortSignal): Promise<string> {
  const options = {
    title: vscode.l10n.t('MFA Code for {0}', profile),
    prompt: vscode.l10n.t('Enter the code for {0}', serial),
    password: true,
    validateInput: (value: string) => (/^\s*\d{6}\s*$/.test(value) ? undefined : sentence(message('mfaCode'))),
  };
  const code = await withToken(signal, (token) => askText(options, token));
  if (code === undefined) throw new InvokeError(message('mfaCancelled', serial), { declined: 'mfaCode' });
  return code.trim();
}
