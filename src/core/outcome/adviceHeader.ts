import { isRecord } from '../json/isRecord.ts';
import { message, type Message, type MessageCode } from '../messages/messages.ts';

/** A response header of the local endpoint: advice for the function's error, as base64 of a message in JSON. */
export const ADVICE_HEADER = 'x-lambda-invoke-advice';

/** Parses the header. Undefined if it's invalid. Only use it for the local endpoint, whose message codes are trusted. */
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
