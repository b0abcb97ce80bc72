import { isRecord } from '../json/isRecord.ts';
import { message, type Message, type MessageCode } from '../messages/messages.ts';

/** A header of the local endpoint: advice for the function's error, as a message in JSON and base64. */
export const ADVICE_HEADER = 'x-lambda-invoke-advice';

/** The message in the header. Undefined if it isn't one. Only for the local endpoint, which knows the codes. */
export function parseAdvice(header: string): Message | undefined {
  try {
    const bytes = Uint8Array.from(atob(header), (character) => character.charCodeAt(0));
    const value: unknown = JSON.parse(new TextDecoder().decode(bytes));
    if (!isRecord(value) || typeof value['code'] !== 'string' || !Array.isArray(value['args'])) return undefined;
    return message(value['code'] as MessageCode, ...value['args'].map(String));
  } catch {
    return undefined;
  }
}
