import { loadScript } from '../loadScript.ts';
import type * as bundle from './index.ts';

type Editors = typeof bundle;

declare global {
  /** Defined by the bundle of the editors. */
  var editors: Editors | undefined;
  /** Shared by the bundles that load it. */
  var editorsLoading: Promise<Editors> | undefined;
}

async function load(): Promise<Editors> {
  await loadScript('editors');
  if (globalThis.editors === undefined) throw new Error('The bundle of the editors defines nothing.');
  return globalThis.editors;
}

/**
 * Loads the bundle of the editors, once. Call it after the first paint. Rejects if it can't be loaded; the plain text
 * areas then remain.
 */
export function loadEditors(): Promise<Editors> {
  globalThis.editorsLoading ??= load();
  return globalThis.editorsLoading;
}
