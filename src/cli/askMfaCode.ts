import { createInterface } from 'node:readline/promises';
import { message } from '../core/messages/messages.ts';
import { visibleLine } from '../core/messages/visibleText.ts';
import { InvokeError } from '../core/outcome/invokeError.ts';
import type { ProcessIo } from './processIo.ts';

/** Prompts for an MFA code in a terminal. Rejects with InvokeError without one, or if none is entered. */
export async function askMfaCode(
  { stdin, stderr }: Pick<ProcessIo, 'stdin' | 'stderr'>,
  { serial, profile, signal }: { serial: string; profile: string; signal?: AbortSignal | undefined },
): Promise<string> {
  if (!stdin.isTTY || !stderr.isTTY) throw new InvokeError(message('cliMfa', profile, serial));
  const terminal = createInterface({ input: stdin, output: stderr });
  // In raw mode, the terminal doesn't turn Ctrl+C into a signal.
  terminal.on('SIGINT', () => process.kill(process.pid, 'SIGINT'));
  try {
    const prompt = visibleLine(`MFA code for ${serial} (profile ${profile}): `);
    const code = (await terminal.question(prompt, signal === undefined ? {} : { signal })).trim();
    if (!/^\d{6}$/.test(code)) throw new InvokeError(message('mfaCancelled', serial), { declined: 'mfaCode' });
    return code;
  } catch (error) {
    if (signal?.aborted !== true) throw error;
    throw new InvokeError(message('mfaCancelled', serial), { declined: 'mfaCode', cause: error });
  } finally {
    terminal.close();
  }
}
