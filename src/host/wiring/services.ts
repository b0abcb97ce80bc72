import type * as vscode from 'vscode';
import type { Invocations } from '../../app/invocations.ts';
import type { Results } from '../../app/results.ts';
import type { Lazy } from '../../core/async/lazy.ts';
import type { Aws } from '../../core/connection/aws.ts';
import type { KnownFunctions } from '../../core/functions/knownFunctions.ts';
import type { Compare } from '../compare/commands.ts';
import type { CompareDocuments } from '../compare/compareDocuments.ts';
import type { ConnectionCommands } from '../connections/commands.ts';
import type { Connections } from '../connections/connections.ts';
import type { FormPanels } from '../form/formPanels.ts';
import type { FunctionBrowser } from '../functionBrowser/functionBrowser.ts';
import type { FunctionCommands } from '../functions/commands.ts';
import type { FunctionsView } from '../functions/functionsView.ts';
import type { LocalFunctions } from '../functions/localFunctions.ts';
import type { LocalProcess } from '../functions/localProcess.ts';
import type { HistoryStore } from '../history/historyStore.ts';
import type { HistoryView } from '../history/historyView.ts';
import type { ImportExport } from '../importExport/commands.ts';
import type { Run } from '../invoking/runner.ts';
import type { FollowCommands } from '../logs/followCommands.ts';
import type { OutputLog } from '../logs/outputLog.ts';
import type { Presets } from '../presets/commands.ts';
import type { PresetsView } from '../presets/presetsView.ts';
import type { StatisticsCommands } from '../statistics/commands.ts';

/** Registered at activation, with content later. */
export interface Views {
  readonly presets: PresetsView;
  readonly functions: FunctionsView;
  readonly history: HistoryView;
  readonly comparisons: CompareDocuments;
  readonly tests: vscode.TestController;
  readonly status: vscode.StatusBarItem;
}

/**
 * Shared services. Features declare what they use: `Pick<Services, …>`. Lazy services load their bundle with the first
 * use.
 */
export interface Services {
  readonly context: Pick<
    vscode.ExtensionContext,
    'workspaceState' | 'extensionUri' | 'storageUri' | 'globalStorageUri'
  >;
  readonly views: Views;
  readonly aws: Lazy<Aws>;
  readonly local: LocalProcess;
  readonly localFunctions: LocalFunctions;
  readonly connections: Connections;
  readonly compare: Lazy<Compare>;
  readonly connectionCommands: Lazy<ConnectionCommands>;
  readonly invocations: Invocations;
  readonly results: Results;
  readonly history: HistoryStore;
  readonly output: OutputLog;
  readonly knownFunctions: KnownFunctions;
  readonly follow: Lazy<FollowCommands>;
  readonly functionBrowser: Lazy<FunctionBrowser>;
  readonly functions: Lazy<FunctionCommands>;
  readonly importExport: Lazy<ImportExport>;
  readonly presets: Lazy<Presets>;
  readonly statistics: Lazy<StatisticsCommands>;
  readonly forms: FormPanels;
  readonly run: Run;
}
