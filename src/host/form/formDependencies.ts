import type * as vscode from 'vscode';
import type { EndedInvocation, Invocations } from '../../app/invocations.ts';
import type { WholeLog } from '../../app/logs/wholeLog.ts';
import type { Results } from '../../app/results.ts';
import type { Lazy } from '../../core/async/lazy.ts';
import type { Connection } from '../../core/connection/connection.ts';
import type { Draft } from '../../core/invocation/draft.ts';
import type { FunctionSummary } from '../../core/functions/functionFacts.ts';
import type { Invocation } from '../../core/invocation/invocation.ts';
import type { Outcome } from '../../core/outcome/outcome.ts';
import type { Compare } from '../compare/commands.ts';
import type { ConnectionCommands } from '../connections/commands.ts';
import type { Connections } from '../connections/connections.ts';
import type { RunFunctionAction } from '../functionBrowser/functionActions.ts';
import type { HistoryStore } from '../history/historyStore.ts';
import type { FilledDraft } from '../importExport/commands.ts';
import type { ReadLogOptions } from '../logs/wholeLog.ts';
import type { OpenedPreset } from '../../core/presets/preset.ts';
import type { PresetOrigin } from '../../core/presets/presetOrigin.ts';
import type { FormTemplate } from '../presets/presetRunner.ts';
import type { SavePreset } from '../presets/savePreset.ts';
import type { FunctionCommands } from '../functions/commands.ts';
import type { StatisticsCommands } from '../statistics/commands.ts';
import type { FollowCommands } from '../logs/followCommands.ts';
import type { LocalFunctions } from '../functions/localFunctions.ts';
import type { EventFiles } from './eventFiles.ts';
import type { PayloadDocuments } from './payloadDocuments.ts';
import type { ResultExport } from './resultExport.ts';
import type { FoundFrame } from './stackFrames.ts';

/** The dependencies of a form. */
export interface FormDependencies {
  readonly formHtml: (webview: vscode.Webview) => Promise<string>;
  /** The folder of the page's files. */
  readonly resourceRoot: vscode.Uri;
  readonly invocations: Pick<Invocations, 'start'>;
  readonly results: Results;
  readonly connections: Pick<Connections, 'store' | 'onDidChangeSources' | 'describe' | 'set' | 'showInStatus'>;
  readonly askConnection: ConnectionCommands['ask'];
  readonly functionAction: RunFunctionAction;
  readonly history: Pick<HistoryStore, 'entries' | 'onDidChange'>;
  readonly localFunctions: Pick<LocalFunctions, 'list' | 'onDidChange'>;
  /** The functions of a connection that were browsed. Sends no request. */
  readonly browsedFunctions: (connection: Connection) => Promise<readonly FunctionSummary[]>;
  readonly eventFiles: EventFiles;
  readonly payloadDocuments: PayloadDocuments;
  readonly resultExport: Lazy<ResultExport>;
  /** Signs in to a profile. Returns false if the user cancels. Rejects with InvokeError. */
  readonly signIn: (profile: string) => Promise<boolean>;
  /** Installs the package of Lambda's AWS SDK that a function lacks. Returns false if canceled, or if it fails. */
  readonly installSdk: FunctionCommands['installSdk'];
  /** Prompts for a sample event. Returns undefined if canceled. */
  readonly chooseSample: () => Promise<string | undefined>;
  /** Preloads what the first click needs, after the form is rendered. Only uses loopback. */
  readonly warmUp: (connection: Connection) => void;
  /** Calls back with the draft that the preset has after saving it, and after undoing that. */
  readonly savePreset: SavePreset;
  /** The preset that a form showed before a reload. Undefined if it no longer exists. */
  readonly findPreset: (origin: PresetOrigin) => Promise<OpenedPreset | undefined>;
  /** Resolves the variables of a form. Undefined if it can't run or was canceled. Rejects with InvokeError. */
  readonly resolveVariables: (template: FormTemplate) => Promise<Invocation | undefined>;
  /**
   * Starts debugging a local function, and returns what to invoke on Local. Undefined if a required extension is missing.
   * Rejects with InvokeError.
   */
  readonly debug: FunctionCommands['debug'];
  readonly compare: Lazy<Pick<Compare, 'open' | 'openWithEntry' | 'invokeOnTwoTargets'>>;
  readonly follow: Lazy<Pick<FollowCommands, 'open' | 'useJson'>>;
  readonly copyAs: (invocation: Invocation, connection: Connection) => Promise<void>;
  readonly importText: (text: string) => Promise<FilledDraft | undefined>;
  /** Shows a draft in another form, because this one is occupied. */
  readonly openDraft: (draft: Draft, connection: Connection | undefined) => void;
  readonly notifyOutcome: (ended: EndedInvocation) => void;
  /** The whole log of an invocation on Local, if its log tail was truncated. Never rejects. */
  readonly localLog: (outcome: Outcome) => Promise<string | undefined>;
  /** Reads the whole log of an invocation from CloudWatch Logs. Rejects with InvokeError. */
  readonly readLog: (ended: EndedInvocation, options: ReadLogOptions) => Promise<WholeLog>;
  /** Whether to read the log of a result without a click. Only when a form shows it for the first time. */
  readonly fetchesLog: (ended: EndedInvocation) => boolean;
  /** Opens the X-Ray trace of an invocation in the console. Rejects with InvokeError. */
  readonly openTrace: (ended: EndedInvocation) => Promise<void>;
  readonly findFrames: (lines: readonly string[]) => Promise<FoundFrame[]>;
  readonly openFrame: (frame: FoundFrame) => Promise<void>;
  readonly statistics: Lazy<Pick<StatisticsCommands, 'open'>>;
  readonly showOutput: () => void;
  readonly icon: vscode.Uri;
}
