import type { Disposable } from 'vscode';
import type { Lazy } from '../../core/async/lazy.ts';

/** Disposes of a lazy value if it was loaded. */
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
