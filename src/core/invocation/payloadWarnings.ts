import { positionAt } from '../json/jsonText.ts';
import { readToken } from '../json/jsonScan.ts';
import { message, type Message } from '../messages/messages.ts';

/** Larger payloads aren't checked, because that would slow down typing. In characters. */
const MAX_CHARACTERS = 262_144;

/** Whether a double can't represent the number: beyond 2^53 or out of range. */
function isTooPrecise(number: string): boolean {
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
  let twice: Message | undefined;
  let precise: Message | undefined;
  let previous = '';
  for (let at = 0; ;) {
    const found = readToken(text, at);
    if (found === undefined || 'wrong' in found) break;
    const token = text.slice(found.start, found.end);
    if (token === '{') keys.push(new Set());
    else if (token === '[') keys.push(undefined);
    else if (token === '}' || token === ']') keys.pop();
    else if (found.kind === 'string' && (previous === '{' || previous === ',')) {
      const known = keys.at(-1);
      const key = JSON.parse(token) as string;
      if (known?.has(key) === true && twice === undefined) {
        const { line, column } = positionAt(text, found.start);
        twice = message('payloadKeyTwice', key, line, column);
      }
      known?.add(key);
    } else if (found.kind === 'number' && precise === undefined && isTooPrecise(token)) {
      const { line, column } = positionAt(text, found.start);
      precise = message('payloadTooPrecise', token, line, column);
    }
    previous = token;
    at = found.end;
  }
  return [twice, precise].filter((warning) => warning !== undefined);
}
