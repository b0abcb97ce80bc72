import { compile } from '@jmespath-community/jmespath';
import { getNodeValue, type Node } from 'jsonc-parser';
import { parseIgnoredPath } from '../json/ignoredPaths.ts';
import { strictJson } from '../json/jsonText.ts';
import { errorText } from '../messages/errorText.ts';
import { message } from '../messages/messages.ts';
import type { FileProblem } from '../presets/presetsCheck.ts';
import { unknownKeys } from '../presets/unknownKeys.ts';
import { variablesOf } from '../presets/variables.ts';
import { EXPECT_KEYS, parseExpectation } from './expectation.ts';

/** The keys of objects in `expect`. */
const INNER_KEYS: Readonly<Record<string, readonly string[]>> = {
  http: ['statusCode', 'headers'],
  log: ['contains', 'excludes'],
};

const rangeOf = ({ offset, length }: Node) => ({ start: offset, end: offset + length });

/** A number after a comparison. JMESPath writes numbers in backticks. */
const BARE_NUMBER = /([=<>!]=|[<>])[ \t]{0,8}(-?\d{1,20}(?:\.\d{1,20})?)/g;

function compileProblem(condition: string): string | undefined {
  try {
    compile(condition);
    return undefined;
  } catch (error) {
    return errorText(error);
  }
}

function* conditionProblems(node: Node): Generator<FileProblem> {
  for (const element of node.children ?? []) {
    const condition: unknown = getNodeValue(element);
    if (typeof condition !== 'string' || variablesOf(condition).length > 0) continue;
    const reason = compileProblem(condition);
    if (reason === undefined) continue;
    const corrected = condition.replaceAll(BARE_NUMBER, '$1 `$2`');
    const isCorrect = corrected !== condition && compileProblem(corrected) === undefined;
    yield {
      ...rangeOf(element),
      severity: 'error',
      message: message('expectCondition', condition, reason),
      ...(isCorrect && { replacement: JSON.stringify(corrected) }),
    };
  }
}

function* ignoreProblems(node: Node): Generator<FileProblem> {
  for (const element of node.children ?? []) {
    const path: unknown = getNodeValue(element);
    if (typeof path !== 'string' || variablesOf(path).length > 0) continue;
    const parsed = parseIgnoredPath(path);
    if ('problem' in parsed) yield { ...rangeOf(element), severity: 'error', message: parsed.problem };
  }
}

/** Without `${case:…}`, all cases would have the same snapshot. */
function* sharedSnapshot(node: Node): Generator<FileProblem> {
  const path: unknown = getNodeValue(node);
  if (typeof path !== 'string' || path.includes('${')) return;
  const dot = path.lastIndexOf('.');
  const end = dot > path.lastIndexOf('/') ? dot : path.length;
  const own = `${path.slice(0, end)}-\${case:name}${path.slice(end)}`;
  yield {
    ...rangeOf(node),
    severity: 'warning',
    message: message('snapshotShared'),
    replacement: JSON.stringify(own),
  };
}

function* valueProblems(text: string, key: string, node: Node): Generator<FileProblem> {
  const source = text.slice(node.offset, node.offset + node.length);
  // The values of variables aren't known here.
  const hasVariables = variablesOf(source).length > 0;
  const isList = node.type === 'array' && node.children?.every(({ type }) => type === 'string') === true;
  if (isList && key === 'conditions') return yield* conditionProblems(node);
  if (isList && key === 'ignore') return yield* ignoreProblems(node);
  if (key in INNER_KEYS && node.type === 'object') yield* unknownKeys(node, INNER_KEYS[key] ?? []);
  if (hasVariables) return;
  const parsed = parseExpectation(`{${JSON.stringify(key)}: ${strictJson(source)}}`);
  const isUnknown = 'problem' in parsed && node.type === 'object' && key in INNER_KEYS && hasUnknown(node, key);
  if ('problem' in parsed && !isUnknown) {
    yield { ...rangeOf(node), severity: 'error', message: parsed.problem };
  }
}

/** Whether an unknown key was reported, so that the whole isn't reported as well. */
function hasUnknown(node: Node, key: string): boolean {
  return [...unknownKeys(node, INNER_KEYS[key] ?? [])].length > 0;
}

/** Diagnostics of `expect` in a preset. Values with variables aren't checked. */
export function* expectProblems(text: string, node: Node, { hasCases }: { hasCases: boolean }): Generator<FileProblem> {
  if (node.type !== 'object') return;
  yield* unknownKeys(node, EXPECT_KEYS);
  for (const { children } of node.children ?? []) {
    const [keyNode, value] = children ?? [];
    const key = String(keyNode && getNodeValue(keyNode));
    if (value === undefined || !(EXPECT_KEYS as readonly string[]).includes(key)) continue;
    yield* valueProblems(text, key, value);
    if (key === 'snapshot' && hasCases) yield* sharedSnapshot(value);
  }
}
