import { positionAt } from '../json/jsonText.ts';
import { readToken } from '../json/jsonScan.ts';
import { message, type Message } from '../messages/messages.ts';

/** Larger payloads aren't checked, because that would slow down typing. In characters. */
const MAX_CHARACTERS = 262_144;

/** Whether a double can't represent the number: beyond 2^53 or out of range. */
function exceedsDouble(number: string): boolean {
  const value = Number(number);
  if (!Number.isFinite(value)) return true;
  return /^-?\d+$/.test(number) && !Number.isSafeInteger(value) && BigInt(number) !== BigInt(value);
}

/**
 * Warnings for a valid JSON payload, which is sent unchanged: a duplicate key within an object, and a number that a
 * double can't represent. Reports the first of each. Payloads over 262,144 characters aren't checked.
 */
export function payloadWarnings(text: string): Message[] {
  if (text.length > MAX_CHARACTERS) return [];
  const keys: (Set<string> | undefined)[] = [];
  let duplicateKey: Message | undefined;
  let impreciseNumber: Message | undefined;
  let previous = '';
  for (let at = 0; ;) {
    const token = readToken(text, at);
    if (token === undefined || 'errorOffset' in token) break;
    const tokenText = text.slice(token.start, token.end);
    if (tokenText === '{') keys.push(new Set());
    else if (tokenText === '[') keys.push(undefined);
    else if (tokenText === '}' || tokenText === ']') keys.pop();
    else if (token.kind === 'string' && (previous === '{' || previous === ',')) {
      const objectKeys = keys.at(-1);
      const key = JSON.parse(tokenText) as string;
      if (objectKeys?.has(key) === true && duplicateKey === undefined) {
        const { line, column } = positionAt(text, token.start);
        duplicateKey = message('payloadKeyTwice', key, line, column);
      }
      objectKeys?.add(key);
    } else if (token.kind === 'number' && impreciseNumber === undefined && exceedsDouble(tokenText)) {
      const { line, column } = positionAt(text, token.start);
      impreciseNumber = message('payloadTooPrecise', tokenText, line, column);
    }
    previous = tokenText;
    at = token.end;
  }
  return [duplicateKey, impreciseNumber].filter((warning) => warning !== undefined);
}
