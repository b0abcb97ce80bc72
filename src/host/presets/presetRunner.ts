import * as vscode from 'vscode';
import type { InvocationOrder } from '../../app/runInvocation.ts';
import type { Connection } from '../../core/connection/connection.ts';
import { endpointProblem } from '../../core/connection/endpointAddress.ts';
import { toDraft, type Draft } from '../../core/invocation/draft.ts';
import { InvokeError } from '../../core/outcome/invokeError.ts';
import { message } from '../../core/messages/messages.ts';
import { presetConnection, presetFields, presetInvocation, type OpenedPreset } from '../../core/presets/preset.ts';
import { reportErrors } from '../ui/reportErrors.ts';
import { sentence } from '../ui/localize.ts';
import { notify } from '../notify.ts';
import { toOutcomeSnapshot, type OutcomeSnapshot } from '../invoking/outcomeSnapshot.ts';
import { payloadUri } from '../files/payloadPaths.ts';
import type { StoredPreset } from './presetStores.ts';
import { resolveStoredPreset, type Answers } from './presetVariables.ts';
import type { RecentPresets } from './recentPresets.ts';
import type { Run } from '../invoking/runner.ts';
import { describeOrder } from '../invoking/runWithProgress.ts';

interface PresetRunnerDependencies {
  readonly connection: () => Connection;
  readonly run: Run;
  readonly recents: Pick<RecentPresets, 'add'>;
  readonly openDraft: (draft: Draft, connection: Connection | undefined, opened?: OpenedPreset) => void;
}

function refusesUntrusted({ preset, store }: StoredPreset): boolean {
  if (store.folder === undefined || vscode.workspace.isTrusted) return false;
  notify('error', message('presetNeedsTrust', preset.name), {
    label: vscode.l10n.t('Manage Workspace Trust'),
    run: () => vscode.commands.executeCommand('workbench.trust.manage'),
  });
  return true;
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
  ): Promise<(InvocationOrder & { readonly opened: OpenedPreset }) | undefined> {
    if (refusesUntrusted(stored)) return undefined;
    const resolved = await resolveStoredPreset(stored, { answers, last: this.#lastAnswers });
    if (resolved === undefined) return undefined;
    const { endpoint = 'local' } = resolved;
    const problem = endpoint === 'local' ? undefined : endpointProblem(endpoint, stored.preset.name);
    if (problem !== undefined) throw new InvokeError(problem);
    const invocation = presetInvocation(resolved, (path) => payloadUri(stored.store, path));
    const connection = presetConnection(resolved, chosen);
    return { invocation, connection, opened: { raw: stored.preset, resolved } };
  }

  /** Runs a preset. Returns undefined if it wasn't run. */
  async run(stored: StoredPreset): Promise<OutcomeSnapshot | undefined> {
    const order = await this.order(stored);
    if (order === undefined) return undefined;
    const { invocation, connection } = order;
    reportErrors(this.#dependencies.recents.add(stored));
    const title = vscode.l10n.t('Invoking {0} ({1})', stored.preset.name, describeOrder(order));
    const ended = await this.#dependencies.run({ invocation, connection }, title);
    return toOutcomeSnapshot(ended.result, sentence);
  }

  /** Opens a preset in a form with replaced variables, so that the form shows what it sends. */
  async openInForm(stored: StoredPreset): Promise<void> {
    const order = await this.order(stored);
    if (order === undefined) return;
    const { preset } = stored;
    const isOwn = preset.endpoint !== undefined || preset.profile !== undefined || preset.region !== undefined;
    const shown = presetFields(order.opened.resolved, (path) => payloadUri(stored.store, path));
    this.#dependencies.openDraft(toDraft(shown), isOwn ? order.connection : undefined, order.opened);
  }
}
