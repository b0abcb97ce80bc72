import * as vscode from 'vscode';
import type { Connection } from '../../core/connection/connection.ts';
import { EMPTY_DRAFT } from '../../core/invocation/draft.ts';
import { parseStoredFollowed, type StoredFollowed } from '../../protocol/followMessages.ts';
import { askLocalFunction } from '../compare/askLocalFunction.ts';
import { FOLLOW_VIEW_TYPE } from '../contributions.ts';
import { functionOf } from '../functions/functionRows.ts';
import { createPageHtml } from '../ui/pageHtml.ts';
import type { Services } from '../wiring/services.ts';
import { askFollowed } from './askFollowed.ts';
import { FollowTab, type FollowTabDependencies } from './followTab.ts';
import type { RunServices } from './followRun.ts';

/** A function, and the connection that it is followed or invoked with. */
interface Named extends StoredFollowed {
  readonly Qualifier?: string;
}

export interface FollowCommands extends vscode.Disposable {
  /** The command, with the selected rows of the functions view or with a prompt. */
  followLog(row: unknown, rows: unknown): Promise<void>;
  /** Follows functions in a new tab. */
  open(functions: readonly StoredFollowed[]): void;
  restore(panel: vscode.WebviewPanel, state: unknown): void;
  /** Shows JSON of a log in a form, with a function or, if `isLocal`, with the local function of that name. */
  useJson(text: string, fn: Named, isLocal: boolean): Promise<void>;
}

const LOCAL: Connection = { kind: 'local' };

/** The tabs that follow logs. Their bundle is loaded with the first one. */
export function createFollowCommands(
  services: RunServices & Pick<Services, 'connectionCommands' | 'context' | 'forms'>,
): FollowCommands {
  const { connections, context, forms, localFunctions } = services;
  const resourceRoot = vscode.Uri.joinPath(context.extensionUri, 'dist', 'webview');
  const panels = new Set<vscode.WebviewPanel>();
  const ask = () => askFollowed(services, connections.store.get());

  async function useJson(text: string, { FunctionName, Qualifier, connection }: Named, isLocal: boolean) {
    const draft = { ...EMPTY_DRAFT, FunctionName, Payload: text };
    if (!isLocal) return forms.openDraft({ ...draft, ...(Qualifier !== undefined && { Qualifier }) }, connection);
    const found = await askLocalFunction(FunctionName, localFunctions, vscode.l10n.t('Replay Locally'));
    if (found !== undefined) forms.openDraft({ ...draft, FunctionName: found.fn.name }, LOCAL);
  }

  const dependencies: FollowTabDependencies = {
    services,
    html: createPageHtml(resourceRoot, 'following'),
    resourceRoot,
    icon: vscode.Uri.joinPath(context.extensionUri, 'media', 'icon.svg'),
    askFunctions: ask,
    useJson,
  };

  function createTab(panel: vscode.WebviewPanel): FollowTab {
    panels.add(panel);
    return new FollowTab(panel, dependencies, () => panels.delete(panel));
  }

  function open(functions: readonly StoredFollowed[]): void {
    if (functions.length === 0) return;
    // The entries are only in the page.
    const options = { enableScripts: true, localResourceRoots: [resourceRoot], retainContextWhenHidden: true };
    const column = vscode.ViewColumn.Active;
    const panel = vscode.window.createWebviewPanel(FOLLOW_VIEW_TYPE, vscode.l10n.t('Log'), column, options);
    createTab(panel).add(functions);
  }

  return {
    open,
    useJson,
    async followLog(row, rows) {
      const selected = Array.isArray(rows) && rows.length > 0 ? (rows as unknown[]) : [row];
      const local = selected.flatMap((each) => functionOf(each) ?? []);
      open(local.length > 0 ? local.map(({ name }) => ({ FunctionName: name, connection: LOCAL })) : await ask());
    },
    restore: (panel, state) => createTab(panel).add(parseStoredFollowed(state), { isStopped: true }),
    dispose() {
      for (const panel of panels) panel.dispose();
    },
  };
}
