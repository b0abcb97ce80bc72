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
  /** Leaves out times, durations, and IDs in logs and figures. */
  readonly hidesTimes: boolean;
  /** Paths from the root of the response, which are left out. */
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

/** What was invoked. */
interface Compared {
  readonly invocation: Pick<Invocation, 'FunctionName'>;
  readonly preset?: PresetOrigin;
}

/** The name without account, region, and version, because they may be what is compared. */
function functionNameOf({ invocation: { FunctionName } }: Compared): string {
  return parseFunctionName(FunctionName)?.name ?? FunctionName;
}

/** What the options of comparisons of a preset are stored for. */
export function presetOptionsKey({ store, name }: PresetOrigin): string {
  return JSON.stringify([store, name]);
}

/** What the options of a comparison are stored for: a preset, the newer one first, or else the function of the newer one. */
export function compareOptionsKey(older: Compared, newer: Compared): string {
  const preset = newer.preset ?? older.preset;
  return preset === undefined ? JSON.stringify([functionNameOf(newer)]) : presetOptionsKey(preset);
}
