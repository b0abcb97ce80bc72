import * as vscode from 'vscode';
import { InvokeError } from '../../core/invokeError.ts';
import { message } from '../../core/messages.ts';
import { askText } from '../ask.ts';
import { sentence } from '../localize.ts';

/** Asks for the code an MFA device shows. Rejects with InvokeError where none is given. The code is kept nowhere. */
export async function askMfaCode(serial: string, profile: string): Promise<string> {
  const code = await askText({
    title: vscode.l10n.t('MFA Code for {0}', profile),
    prompt: vscode.l10n.t('The code that {0} shows', serial),
    password: true,
    validateInput: (value) => (/^\s*\d{6}\s*$/.test(value) ? undefined : sentence(message('mfaCode'))),
  });
  if (code === undefined) throw new InvokeError(message('mfaCancelled', serial));
  return code.trim();
}
