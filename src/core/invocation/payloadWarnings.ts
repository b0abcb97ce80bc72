import { positionAt } from '../json/jsonText.ts';
import { readToken } from '../json/jsonScan.ts';
import { message, type Message } from '../messages/messages.ts';

/** Larger payloads are not looked through: it would take longer than a key press. In characters. */
const MAX_CHARACTERS = 262_144;

/** Whether reading a number as a double gives another number: beyond 2^53, or beyond the range of doubles. */
function isTooPrecise(number: string): boolean {
  const value = Number(number);
  if (!Number.isFinite(value)) return true;
  return /^-?\d+$/.test(number) && !Number.isSafeInteger(value) && BigInt(number) !== BigInt(value);
}

/**
 * What is worth a look in a payload that is valid JSON and is sent byte for byte all the same: a key that stands twice in
 * one object, and a number that a double does not hold. The first of each; texts of more than 256 k characters are not
 * looked through.
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
