import * as vscode from 'vscode';
import { handlerLine } from '../../core/functions/handlerLine.ts';
import type { LocalFunctionView } from '../../core/functions/localFunctionView.ts';
import { COMMANDS } from '../contributions.ts';
import { createLens } from '../ui/labels.ts';

/** Run | Debug | Open in Form above the handlers in a document. */
export function functionLenses(
  document: vscode.TextDocument,
  functions: readonly LocalFunctionView[],
): vscode.CodeLens[] {
  const path = document.uri.fsPath;
  const here = functions.filter(({ source, obstacle }) => source === path && obstacle === undefined);
  return here.flatMap((fn) => {
    const line = handlerLine(document.getText(), fn.handler);
    const range = new vscode.Range(line, 0, line, 0);
    const row = { kind: 'function', fn };
    const common = { arguments: [row], tooltip: `${fn.name} · ${fn.runtime}` };
    const lens = (title: string, command: string) => createLens(range, { ...common, title, command });
    return [
      createLens(range, {
        ...common,
        icon: 'play',
        title: vscode.l10n.t('Run {0}', fn.name),
        command: COMMANDS.runFunction,
      }),
      ...(fn.canDebug ? [lens(vscode.l10n.t('Debug'), COMMANDS.debugFunction)] : []),
      lens(vscode.l10n.t('Open in Form'), COMMANDS.openFunctionInForm),
    ];
  });
}
