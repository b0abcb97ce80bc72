import { parseFunctionName } from '../functions/functionName.ts';
import type { Invocation } from '../invocation/invocation.ts';
import { isText } from '../json/checks.ts';
import { parseIgnoredPath } from '../json/ignoredPaths.ts';
import { isRecord } from '../json/isRecord.ts';
import type { PresetOrigin } from '../presets/presetOrigin.ts';

/** How two results are compared. */
export interface CompareOptions {
  /** Sorts the keys of objects in responses and payloads. */
  readonly sortsKeys: boolean;
  /** Hides times and IDs in logs and figures, and durations in logs. */
  readonly hidesTimes: boolean;
  /** Paths from the root of the response, whose values are hidden. */
  readonly ignoredPaths: readonly string[];
}

export const DEFAULT_COMPARE_OPTIONS: CompareOptions = { sortsKeys: false, hidesTimes: false, ignoredPaths: [] };

/** Parses options from storage. Invalid parts get their default. */
export function parseCompareOptions(stored: unknown): CompareOptions {
  if (!isRecord(stored)) return DEFAULT_COMPARE_OPTIONS;
  const { sortsKeys, hidesTimes, ignoredPaths } = stored;
  const paths: readonly unknown[] = Array.isArray(ignoredPaths) ? ignoredPaths : [];
  return {
    sortsKeys: sortsKeys === true,
    hidesTimes: hidesTimes === true,
    ignoredPaths: paths.filter(isText).filter((path) => Array.isArray(parseIgnoredPath(path))),
  };
}

/** The function and the preset of a compared result. */
interface Compared {
  readonly invocation: Pick<Invocation, 'FunctionName'>;
  readonly preset?: PresetOrigin;
}

/** The name without account, region, and version, because the two results can differ in them. */
function functionNameOf({ invocation: { FunctionName } }: Compared): string {
  return parseFunctionName(FunctionName)?.name ?? FunctionName;
}

/** The storage key of the options for the comparisons of a preset. */
export function presetOptionsKey({ store, name }: PresetOrigin): string {
  return JSON.stringify([store, name]);
}

/** The storage key of the options: the preset of the newer result, or else of the older one, or else the newer function. */
export function compareOptionsKey(older: Compared, newer: Compared): string {
  const preset = newer.preset ?? older.preset;
  return preset === undefined ? JSON.stringify([functionNameOf(newer)]) : presetOptionsKey(preset);
}
