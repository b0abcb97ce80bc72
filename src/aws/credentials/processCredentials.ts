import { exec } from 'node:child_process';
import { promisify } from 'node:util';
import { processCommand } from '../../core/connection/shellWords.ts';
import { isRecord } from '../../core/json/isRecord.ts';
import type { CredentialValues } from './credentials.ts';

const run = promisify(exec);

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** Reports the exit status only: Node's own error quotes the command, which may contain a secret. */
function failure(error: unknown): Error {
  const { code, signal } = isRecord(error) ? error : {};
  const status = typeof code === 'number' ? `exit code ${code}` : (text(signal) ?? text(code) ?? 'not started');
  return new Error(`the credential_process failed (${status})`);
}

/** Runs the command and returns its stdout. Errors contain neither of them, since both may contain secrets. */
async function runCommand(command: string, signal: AbortSignal): Promise<string> {
  const commandLine = process.platform === 'win32' ? command.replaceAll('\n', ' ') : processCommand(command);
  const running = run(commandLine, { windowsHide: true, signal });
  // Close stdin: there is no terminal to answer an interactive prompt.
  running.child.stdin?.end();
  const { stdout } = await running.catch((error: unknown) => {
    throw failure(error);
  });
  return stdout;
}

function parse(stdout: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(stdout.trim());
    if (isRecord(value)) return value;
  } catch {
    // Don't rethrow: Node's error message quotes the output.
  }
  throw new Error("the output of credential_process isn't a JSON object");
}

/**
 * Runs a `credential_process` command and parses the credentials it prints. Rejects with Error; the signal kills the
 * process.
 * Source: AWS SDKs and Tools reference, process credential provider.
 */
export async function processCredentials(command: string, signal: AbortSignal): Promise<CredentialValues> {
  const data = parse(await runCommand(command, signal));
  if (data['Version'] !== 1) throw new Error("the output of credential_process doesn't have Version 1");
  const accessKeyId = text(data['AccessKeyId']);
  const secretAccessKey = text(data['SecretAccessKey']);
  if (accessKeyId === undefined || secretAccessKey === undefined) {
    throw new Error('the output of credential_process has no AccessKeyId or SecretAccessKey');
  }
  const sessionToken = text(data['SessionToken']);
  const expirationText = text(data['Expiration']);
  const expiration = expirationText === undefined ? undefined : new Date(expirationText);
  if (expiration !== undefined && !(expiration.getTime() > Date.now())) {
    throw new Error('the credentials from credential_process have expired');
  }
  return {
    accessKeyId,
    secretAccessKey,
    ...(sessionToken !== undefined && { sessionToken }),
    ...(expiration !== undefined && { expiration }),
  };
}
