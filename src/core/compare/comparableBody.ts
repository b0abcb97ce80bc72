import { parseIgnoredPath, withoutPaths, type IgnoredPath } from '../json/ignoredPaths.ts';
import { printJsonTree, readJsonTree, withSortedKeys, type JsonTree } from '../json/jsonTree.ts';
import { toResponseText } from '../outcome/response.ts';
import type { CompareOptions } from './compareOptions.ts';

/**
 * In bytes, above Lambda's limit for synchronous invocations (6 MB). Larger bodies are compared by their hashes, because
 * VS Code's diff editor doesn't support much larger texts.
 */
const MAX_COMPARED_BYTES = 8_000_000;

/** A body as it's compared. `json` is formatted. `text` is as received. */
export type ComparableBody =
  { readonly kind: 'json' | 'text'; readonly text: string } | { readonly kind: 'empty' | 'binary' | 'large' };

/** The valid paths. */
function parsedPaths(texts: readonly string[]): IgnoredPath[] {
  return texts.map(parseIgnoredPath).filter((path): path is IgnoredPath => Array.isArray(path));
}

/** Applies the options to a JSON value and formats it. Digits, escapes, and duplicate keys stay as received. */
function comparableJson(tree: JsonTree, { sortsKeys, ignoredPaths }: Omit<CompareOptions, 'hidesTimes'>): string {
  const kept = withoutPaths(tree, parsedPaths(ignoredPaths));
  return printJsonTree(sortsKeys ? withSortedKeys(kept) : kept);
}

/** Prepares a response or a payload for a comparison. JSON nested deeper than 200 levels isn't formatted. */
export function comparableBody(
  bytes: Uint8Array,
  options: Omit<CompareOptions, 'hidesTimes'>,
  maxBytes = MAX_COMPARED_BYTES,
): ComparableBody {
  if (bytes.byteLength > maxBytes) return { kind: 'large' };
  const body = toResponseText(bytes);
  if (body.kind !== 'json') return body;
  const tree = readJsonTree(body.text);
  return tree === undefined ? { kind: 'text', text: body.text } : { kind: 'json', text: comparableJson(tree, options) };
}
