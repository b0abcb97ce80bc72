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

/** The remaining steps of the paths whose first step matches. No remaining steps mean that the value is ignored. */
function continued(paths: readonly IgnoredPath[], matches: (step: PathStep) => boolean): IgnoredPath[] {
  return paths.flatMap(([first, ...rest]) => (first !== undefined && matches(first) ? [rest] : []));
}

function kept(value: JsonTree, rest: readonly IgnoredPath[]): JsonTree[] {
  if (rest.some((path) => path.length === 0)) return [];
  return [withoutPaths(value, rest)];
}

/** Removes the members and elements at the paths. */
export function withoutPaths(tree: JsonTree, paths: readonly IgnoredPath[]): JsonTree {
  if (paths.length === 0) return tree;
  if (tree.kind === 'object') {
    const members = tree.members.flatMap((member) => {
      const rest = continued(paths, (step) => typeof step === 'object' && 'key' in step && step.key === member.key);
      return kept(member.value, rest).map((value) => ({ ...member, value }));
    });
    return { kind: 'object', members };
  }
  if (tree.kind !== 'array') return tree;
  const elements = tree.elements.flatMap((element, at) =>
    kept(
      element,
      continued(paths, (step) => step === 'every' || ('index' in step && step.index === at)),
    ),
  );
  return { kind: 'array', elements };
}
