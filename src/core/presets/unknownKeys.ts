import { getNodeValue, type Node } from 'jsonc-parser';
import { message } from '../messages/messages.ts';
import { nearestWord } from '../messages/nearestWord.ts';
import type { FileProblem } from './presetsCheck.ts';

/** The unknown keys of an object, with the most similar known one. */
export function* unknownKeys(node: Node, known: readonly string[]): Generator<FileProblem> {
  for (const property of node.children ?? []) {
    const [key] = property.children ?? [];
    const name = String(key && getNodeValue(key));
    if (key === undefined || known.includes(name)) continue;
    const suggestion = nearestWord(name, known);
    const range = { start: key.offset, end: key.offset + key.length, severity: 'warning' as const };
    if (suggestion === undefined) yield { ...range, message: message('presetUnknownKey', name) };
    else
      yield {
        ...range,
        message: message('presetNearKey', name, suggestion),
        replacement: JSON.stringify(suggestion),
      };
  }
}
