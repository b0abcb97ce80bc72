import { parseIgnoredPath, withoutPaths, type IgnoredPath } from '../json/ignoredPaths.ts';
import { printJsonTree, readJsonTree, withSortedKeys, type JsonTree } from '../json/jsonTree.ts';
import { toResponseText } from '../outcome/response.ts';
import type { CompareOptions } from './compareOptions.ts';

/**
 * Larger bodies are only compared by their bytes, because VS Code's diff editor gives up on much larger texts. In bytes,
 * above Lambda's limit for synchronous invocations.
 */
const MAX_COMPARED_BYTES = 8_000_000;

/** A body as it's compared. `json` is formatted. `text` is as received. */
export type ComparableBody =
  { readonly kind: 'json' | 'text'; readonly text: string } | { readonly kind: 'empty' | 'binary' | 'large' };

/** The valid ones of some paths. */
function parsedPaths(texts: readonly string[]): IgnoredPath[] {
  return texts.map(parseIgnoredPath).filter((path): path is IgnoredPath => Array.isArray(path));
}

/** A JSON value with what the options change, formatted. Digits, escapes, and duplicate keys stay as received. */
function comparableJson(tree: JsonTree, { sortsKeys, ignoredPaths }: Omit<CompareOptions, 'hidesTimes'>): string {
  const kept = withoutPaths(tree, parsedPaths(ignoredPaths));
  return printJsonTree(sortsKeys ? withSortedKeys(kept) : kept);
}

/** A response or a payload as it's compared. JSON nested deeper than 200 levels isn't formatted. */
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
