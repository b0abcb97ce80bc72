import type * as vscode from 'vscode';
import { disposeLoaded } from '../ui/disposeLoaded.ts';
import type { Feature } from '../wiring/feature.ts';
import type { Services } from '../wiring/services.ts';

interface LogsFeature extends Feature<'showOutput' | 'followLog'> {
  /** Restores a tab that followed logs, with the stored state of its page. It's stopped until the user resumes. */
  restore(panel: vscode.WebviewPanel, state: unknown): Promise<void>;
}

/** The Output channel with a line for each invocation, and the tabs that follow logs. */
export function createLogs({
  output,
  invocations,
  follow,
}: Pick<Services, 'output' | 'invocations' | 'follow'>): LogsFeature {
  invocations.listen({ onDidEnd: (ended) => output.write(ended) });
  return {
    handlers: {
      showOutput: () => output.show(),
      followLog: async (row, rows) => (await follow()).followLog(row, rows),
    },
    restore: async (panel, state) => (await follow()).restore(panel, state),
    dispose() {
      disposeLoaded(follow).dispose();
      output.dispose();
    },
  };
}
