// Runs the sample preset for `npm start` with a command of the extension.
import { writeFileSync } from 'node:fs';
import * as vscode from 'vscode';

export async function activate(): Promise<void> {
  const file = process.env['LAMBDA_INVOKE_START_RESULT'];
  if (file === undefined) return;
  try {
    const outcome = await vscode.commands.executeCommand(
      'lambdaInvoke.invokePreset',
      process.env['LAMBDA_INVOKE_START_PRESET'],
    );
    writeFileSync(file, JSON.stringify({ outcome }));
  } catch (error) {
    writeFileSync(file, JSON.stringify({ error: String(error) }));
  }
}
