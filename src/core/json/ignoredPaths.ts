import { message, type Message } from '../messages/messages.ts';
import type { JsonTree } from './jsonTree.ts';

/** A step of a path: a key, the index of an element, or `[]` for every element. */
type PathStep = { readonly key: string } | { readonly index: number } | 'every';

/** A path from the root of a JSON value. */
export type IgnoredPath = readonly PathStep[];

/** A key without quotes, a key in brackets and quotes, an index, or every element. */
const STEP = /(?:^\$?\.?|\.)([^.[\]"$][^.[\]"]*)|\[("(?:[^"\\]|\\.)*")\]|\[(\d*)\]/y;

/**
 * Reads a path such as `id`, `items[].createdAt`, `items[0]`, or `["a.b"].c`. It may start with `$`, as in a copied
 * path. Returns the problem of an invalid one.
 */
export function parseIgnoredPath(text: string): IgnoredPath | { readonly problem: Message } {
  const steps: PathStep[] = [];
  const problem = { problem: message('ignoredPathInvalid', text) };
  for (let at = text.startsWith('$[') ? 1 : 0; at < text.length;) {
    STEP.lastIndex = at;
    const match = STEP.exec(text);
    if (match === null) return problem;
    const [, key, quoted, index] = match;
    if (key !== undefined) steps.push({ key });
    else if (quoted !== undefined) {
      try {
        steps.push({ key: JSON.parse(quoted) as string });
      } catch {
        return problem;
      }
    } else steps.push(index === '' || index === undefined ? 'every' : { index: Number(index) });
    at = STEP.lastIndex;
  }
  return steps.length === 0 ? problem : steps;
}

interface Rests {
  /** The remaining steps for each key and index. No remaining steps mean that the value is ignored. */
  readonly of: ReadonlyMap<string | number, readonly IgnoredPath[]>;
  readonly ofEvery: readonly IgnoredPath[];
}

/** The paths without their first step. Computed once for an object or array, which can have millions of values. */
function restsOf(paths: readonly IgnoredPath[]): Rests {
  const of = new Map<string | number, IgnoredPath[]>();
  const ofEvery: IgnoredPath[] = [];
  for (const [first, ...rest] of paths) {
    if (first === undefined) continue;
    if (first === 'every') ofEvery.push(rest);
    else {
      const step = 'key' in first ? first.key : first.index;
      of.set(step, [...(of.get(step) ?? []), rest]);
    }
  }
  return { of, ofEvery };
}

const isIgnored = (rests: readonly IgnoredPath[]) => rests.some((path) => path.length === 0);

/** Removes the members and elements at the paths. */
export function withoutPaths(tree: JsonTree, paths: readonly IgnoredPath[]): JsonTree {
  if (paths.length === 0) return tree;
  if (tree.kind === 'object') {
    const { of } = restsOf(paths);
    const members = tree.members.flatMap((member) => {
      const rests = of.get(member.key);
      if (rests === undefined) return [member];
      return isIgnored(rests) ? [] : [{ ...member, value: withoutPaths(member.value, rests) }];
    });
    return { kind: 'object', members };
  }
  if (tree.kind !== 'array') return tree;
  const { of, ofEvery } = restsOf(paths);
  const elements: JsonTree[] = [];
  for (const [at, element] of tree.elements.entries()) {
    const own = of.get(at);
    const rests = own === undefined ? ofEvery : [...ofEvery, ...own];
    if (!isIgnored(rests)) elements.push(withoutPaths(element, rests));
  }
  return { kind: 'array', elements };
}
