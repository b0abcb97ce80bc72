import type { Disposable } from 'vscode';
import type { Lazy } from '../../core/async/lazy.ts';

/** Disposes of what was loaded; what never was isn't loaded for it. */
export function disposeLoaded(loaded: Lazy<Disposable>): Disposable {
  return {
    dispose() {
      loaded.current?.then(
        (one) => one.dispose(),
        () => undefined,
      );
    },
  };
}
