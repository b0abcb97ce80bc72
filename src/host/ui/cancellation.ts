import * as vscode from 'vscode';

/** Runs with a VS Code cancellation token for a signal. */
export async function withToken<T>(
  signal: AbortSignal | undefined,
  doing: (token: vscode.CancellationToken) => PromiseLike<T>,
): Promise<T> {
  const source = new vscode.CancellationTokenSource();
  const cancel = () => source.cancel();
  if (signal?.aborted === true) cancel();
  signal?.addEventListener('abort', cancel, { once: true });
  try {
    return await doing(source.token);
  } finally {
    signal?.removeEventListener('abort', cancel);
    source.dispose();
  }
}

/** A signal that is aborted by a VS Code cancellation token or another signal. */
export function signalOf(token: vscode.CancellationToken, signal?: AbortSignal): AbortSignal {
  const abort = new AbortController();
  if (token.isCancellationRequested) abort.abort();
  else token.onCancellationRequested(() => abort.abort());
  return signal === undefined ? abort.signal : AbortSignal.any([abort.signal, signal]);
}
