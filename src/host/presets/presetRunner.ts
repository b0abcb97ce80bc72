import * as vscode from 'vscode';
import type { InvocationOrder } from '../../app/runInvocation.ts';
import type { Connection } from '../../core/connection/connection.ts';
import { endpointProblem } from '../../core/connection/endpointAddress.ts';
import type { Draft, VariableUse } from '../../core/invocation/draft.ts';
import { describeFunction, type Invocation } from '../../core/invocation/invocation.ts';
import { InvokeError } from '../../core/outcome/invokeError.ts';
import { message } from '../../core/messages/messages.ts';
import { presetDraft } from '../../core/presets/formPreset.ts';
import { presetConnection, presetInvocation, type OpenedPreset, type Preset } from '../../core/presets/preset.ts';
import { presetEnvironment } from '../../core/presets/presetEnvironment.ts';
import { reportErrors } from '../ui/reportErrors.ts';
import { sentence } from '../ui/localize.ts';
import { notify } from '../notify.ts';
import { toOutcomeSnapshot, type OutcomeSnapshot } from '../invoking/outcomeSnapshot.ts';
import { payloadUri } from '../files/payloadPaths.ts';
import { presetOf, type ShownDraft } from '../../app/shownDraft.ts';
import type { ResolvedTest } from '../../app/testing/runTest.ts';
import type { TestCase } from '../../core/testing/testCases.ts';
import type { PresetStore, StoredPreset } from './presetStores.ts';
import {
  resolveInvocation,
  resolveShown,
  resolveStoredPreset,
  type Answers,
  type ResolvedPreset,
} from './presetVariables.ts';
import type { RecentPresets } from './recentPresets.ts';
import type { FunctionCommands } from '../functions/commands.ts';
import type { Run } from '../invoking/runner.ts';
import { describeOrder } from '../invoking/runWithProgress.ts';

interface PresetRunnerDependencies {
  readonly connection: () => Connection;
  readonly run: Run;
  readonly debug: FunctionCommands['debug'];
  readonly recents: Pick<RecentPresets, 'add'>;
  readonly openDraft: (draft: Draft, connection: Connection | undefined, opened?: OpenedPreset) => void;
  readonly storeOf: (uri: vscode.Uri) => PresetStore | undefined;
}

/** The connection of a preset. Throws InvokeError for an invalid endpoint. */
function connectionOf(resolved: Preset, chosen: Connection): Connection {
  const { endpoint = 'local' } = resolved;
  const problem = endpoint === 'local' ? undefined : endpointProblem(endpoint, resolved.name);
  if (problem !== undefined) throw new InvokeError(problem);
  return presetConnection(resolved, chosen);
}

/** How a form shows a preset. Without its own connection, it uses the window's. */
function shownDraft({ preset, store, index }: StoredPreset, resolved: Preset, connection: Connection): ShownDraft {
  const opened = { raw: preset, resolved, store: store.uri.toString(), index, ...presetEnvironment(preset) };
  const isOwn = preset.endpoint !== undefined || preset.profile !== undefined || preset.region !== undefined;
  const draft = presetDraft(opened, (path) => payloadUri(store, path));
  return { draft, opened, ...(isOwn && { connection }) };
}

/** The order of a preset, and how a form shows it. Throws InvokeError for an invalid endpoint. */
function toOrder(
  stored: StoredPreset,
  resolved: ResolvedPreset,
  chosen: Connection,
): InvocationOrder & { readonly shown: ShownDraft } {
  const invocation = presetInvocation(resolved.sent, (path) => payloadUri(stored.store, path));
  const connection = connectionOf(resolved.sent, chosen);
  const shown = shownDraft(stored, resolved.shown, connection);
  return { invocation, connection, ...presetOf(shown.opened), ...presetEnvironment(stored.preset), shown };
}

function isUntrusted({ folder }: Pick<PresetStore, 'folder'>): boolean {
  return folder !== undefined && !vscode.workspace.isTrusted;
}

function refusesUntrusted({ preset, store }: StoredPreset): boolean {
  if (!isUntrusted(store)) return false;
  notify('error', message('presetNeedsTrust', preset.name), {
    label: vscode.l10n.t('Manage Workspace Trust'),
    run: () => vscode.commands.executeCommand('workbench.trust.manage'),
  });
  return true;
}

/** The content of a form that came from a preset, or from none. */
export interface FormTemplate extends VariableUse {
  readonly invocation: Invocation;
  readonly opened: OpenedPreset | undefined;
}

/** Runs presets and opens them in the form. Presets of a workspace need Workspace Trust for both. */
export class PresetRunner {
  readonly #dependencies: PresetRunnerDependencies;
  readonly #lastAnswers: Answers = new Map();

  constructor(dependencies: PresetRunnerDependencies) {
    this.#dependencies = dependencies;
  }

  /** The order of a preset. Undefined if it can't run or was canceled. Rejects with InvokeError. */
  async order(
    stored: StoredPreset,
    answers: Answers = new Map(),
    chosen: Connection = this.#dependencies.connection(),
  ): Promise<(InvocationOrder & { readonly shown: ShownDraft }) | undefined> {
    if (refusesUntrusted(stored)) return undefined;
    const resolved = await resolveStoredPreset(stored, { answers, last: this.#lastAnswers, chosen: {} });
    return resolved && toOrder(stored, resolved, chosen);
  }

  /**
   * The order of a preset that is a test, and its `expect`. Undefined if a prompt was canceled. Rejects with InvokeError.
   */
  async testOrder(
    stored: StoredPreset,
    { answers, testCase }: { readonly answers: Answers; readonly testCase?: TestCase | undefined },
  ): Promise<ResolvedTest | undefined> {
    const { preset, store } = stored;
    if (isUntrusted(store)) throw new InvokeError(message('presetNeedsTrust', preset.name));
    const chosen = testCase === undefined ? {} : { testCase };
    const resolved = await resolveStoredPreset(stored, { answers, last: this.#lastAnswers, chosen, isTest: true });
    if (resolved === undefined) return undefined;
    const { shown: _, ...order } = toOrder(stored, resolved, this.#dependencies.connection());
    return { order, expect: resolved.expect ?? '{}' };
  }

  /** `expect` of a preset with the values of its variables. Undefined if a prompt was canceled. Rejects with InvokeError. */
  async expected({ preset, store }: StoredPreset, testCase?: TestCase): Promise<string | undefined> {
    const { name, expect = '{}', cases } = preset;
    const tested = { name, FunctionName: '', expect, ...(cases !== undefined && { cases }) };
    const chosen = testCase === undefined ? {} : { testCase };
    const options = { answers: new Map(), last: this.#lastAnswers, chosen, isTest: true };
    return (await resolveStoredPreset({ preset: tested, store }, options))?.expect;
  }

  /** Runs a preset. Returns undefined if it wasn't run. */
  async run(stored: StoredPreset): Promise<OutcomeSnapshot | undefined> {
    const order = await this.order(stored);
    if (order === undefined) return undefined;
    const { shown, ...sent } = order;
    reportErrors(this.#dependencies.recents.add(stored));
    const title = vscode.l10n.t('Invoking {0} ({1})', stored.preset.name, describeOrder(order));
    const ended = await this.#dependencies.run(sent, title, shown);
    return toOutcomeSnapshot(ended.result, sentence);
  }

  /** Debugs the local function of a preset with its payload, also if the preset is for a deployed function. */
  async debug(stored: StoredPreset): Promise<void> {
    const order = await this.order(stored);
    if (order === undefined) return;
    const { environment } = order;
    const invocation = await this.#dependencies.debug(order.invocation, order.connection, environment);
    if (invocation === undefined) return;
    reportErrors(this.#dependencies.recents.add(stored));
    const { preset } = order;
    const local = {
      invocation,
      connection: { kind: 'local' },
      ...(preset && { preset }),
      ...(environment && { environment }),
    } as const;
    const title = vscode.l10n.t('Invoking {0} ({1})', stored.preset.name, describeOrder(local));
    await this.#dependencies.run(local, title, order.connection.kind === 'local' ? order.shown : undefined);
  }

  /** Opens a preset in a form, which shows its variables. They're resolved when it is invoked. */
  async openInForm(stored: StoredPreset): Promise<void> {
    if (refusesUntrusted(stored)) return;
    const resolved = await resolveShown(stored, { answers: new Map(), last: this.#lastAnswers, chosen: {} });
    if (resolved === undefined) return;
    const connection = connectionOf(resolved, this.#dependencies.connection());
    const shown = shownDraft(stored, resolved, connection);
    this.#dependencies.openDraft(shown.draft, shown.connection, shown.opened);
  }

  /** Resolves the variables of a form. Undefined if it can't run or was canceled. Rejects with InvokeError. */
  async resolve({ invocation, payloadFileVariables, opened }: FormTemplate): Promise<Invocation | undefined> {
    const store = opened && this.#dependencies.storeOf(vscode.Uri.parse(opened.store));
    if (opened !== undefined && store !== undefined) {
      const { raw: preset, index } = opened;
      if (refusesUntrusted({ preset, store, index })) return undefined;
    }
    const name = opened?.raw.name ?? describeFunction(invocation);
    return resolveInvocation(
      { invocation, payloadFileVariables, name, cases: opened?.raw.cases, store: store ?? {} },
      { answers: new Map(), last: this.#lastAnswers, chosen: {} },
    );
  }
}
