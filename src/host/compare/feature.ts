import type * as vscode from 'vscode';
import { disposeLoaded } from '../ui/disposeLoaded.ts';
import { lazyHandlers, type Feature } from '../wiring/feature.ts';
import type { Services } from '../wiring/services.ts';

const NAMES = [
  'sortCompared',
  'restoreComparedOrder',
  'hideComparedTimes',
  'showComparedTimes',
  'ignoreComparedPaths',
  'swapCompared',
  'invokeOnTwoTargets',
] as const;

interface CompareFeature extends Feature<(typeof NAMES)[number]> {
  /** The text of a document of a comparison. */
  text(uri: vscode.Uri): Promise<string>;
}

/** Compares results, and invokes on two targets. */
export function createCompare({ compare }: Pick<Services, 'compare'>): CompareFeature {
  return {
    handlers: lazyHandlers(NAMES, compare),
    text: async (uri) => (await compare()).text(uri),
    dispose: () => disposeLoaded(compare).dispose(),
  };
}
