import { hasKey } from './templateContent.ts';
import { message, type Message } from '../../messages/messages.ts';

/** Whether a file may be a Serverless Framework configuration that is code, which isn't run. */
export function isServerlessCode(name: string): boolean {
  return /^serverless\.[cm]?[jt]s$/.test(name);
}

/** The problem with a configuration that is code. Undefined if the text isn't a configuration. `file` is for the message. */
export function serverlessCodeProblem(file: string, text: string): Message | undefined {
  return ['service', 'provider'].every((key) => hasKey(text, key)) ? message('serverlessCode', file) : undefined;
}
