import { cspNonce } from '../cspNonce.ts';
import type * as bundle from './index.ts';

type Editors = typeof bundle;

declare global {
  /** Defined by the bundle of the editors. */
  var editors: Editors | undefined;
}

let loading: Promise<Editors> | undefined;

/**
 * Loads the bundle of the editors, once. Call it after the first paint. Rejects if it can't be loaded; the page then
 * keeps its plain text areas.
 */
export function loadEditors(): Promise<Editors> {
  loading ??= new Promise((resolve, reject) => {
    const script = document.createElement('script');
    script.nonce = cspNonce();
    script.src = document.body.dataset['editors'] ?? '';
    script.addEventListener('load', () => {
      if (globalThis.editors === undefined) reject(new Error('The bundle of the editors defines nothing.'));
      else resolve(globalThis.editors);
    });
    script.addEventListener('error', () => reject(new Error("The editors can't be loaded.")));
    document.head.append(script);
  });
  return loading;
}
