import { matchJson, type JsonStep } from '../json/jsonMatch.ts';
import type { JsonTree } from '../json/jsonTree.ts';

const PLAIN_KEY = /^[^.[\]"$]+$/;

function ignoredPathText(steps: readonly JsonStep[]): string {
  const parts = steps.map((step, at) => {
    if (typeof step === 'number') return '[]';
    if (!PLAIN_KEY.test(step)) return `[${JSON.stringify(step)}]`;
    return at === 0 ? step : `.${step}`;
  });
  return parts.join('');
}

/**
 * The paths at which two JSON values differ, in the syntax of ignored paths. The elements of an array have one path, such
 * as `items[].createdAt`. Returns at most `limit` paths, in the order of the first value.
 */
export function differingPaths(one: JsonTree, other: JsonTree, limit = 100): string[] {
  const paths = matchJson(one, other, 'exact').map(({ steps }) => ignoredPathText(steps));
  return [...new Set(paths)].filter((path) => path !== '').slice(0, limit);
}
