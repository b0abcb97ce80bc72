import * as vscode from 'vscode';
import { describeConnection, type Connection } from '../../core/connection/connection.ts';
import type { StoredFollowed } from '../../protocol/followMessages.ts';
import { notifyError } from '../notify.ts';
import { askChoices, askText } from '../ui/ask.ts';
import type { Choice } from '../ui/choice.ts';
import type { Services } from '../wiring/services.ts';

type AskServices = Pick<Services, 'connectionCommands' | 'connections' | 'functionBrowser' | 'localFunctions'>;

interface Row extends Choice {
  readonly fn?: StoredFollowed;
  readonly action?: 'enter' | 'connection';
}

const LOCAL: Connection = { kind: 'local' };

const separator = (label: string): Row => ({ label, kind: vscode.QuickPickItemKind.Separator });

/** Rows for local functions and for those of a connection. A name can be entered, for example without permission to list. */
async function rowsOf(
  { functionBrowser, localFunctions }: AskServices,
  connection: Connection,
  closed: AbortSignal,
): Promise<Row[]> {
  const local = async () => {
    const { functions } = await localFunctions.list();
    return functions.filter(({ obstacle }) => obstacle === undefined);
  };
  const deployed = async () =>
    connection.kind === 'local'
      ? []
      : (await functionBrowser()).list(connection, closed).catch((error: unknown) => {
          if (!closed.aborted) notifyError(error);
          return [];
        });
  const [localRows, deployedRows] = await Promise.all([local().catch(() => []), deployed()]);
  return [
    ...(localRows.length === 0 ? [] : [separator(vscode.l10n.t('Local functions'))]),
    ...localRows.map(({ name, runtime, fileName }) => ({
      label: name,
      description: `${runtime} · ${fileName}`,
      fn: { FunctionName: name, connection: LOCAL },
    })),
    ...(deployedRows.length === 0 ? [] : [separator(describeConnection(connection))]),
    ...deployedRows.map(({ FunctionName, Runtime = '' }) => ({
      label: FunctionName,
      description: Runtime,
      fn: { FunctionName, connection },
    })),
    separator(''),
    ...(connection.kind === 'local'
      ? []
      : [{ label: vscode.l10n.t('Enter a Function Name or ARN…'), action: 'enter' as const }]),
    { label: vscode.l10n.t('Select Another Connection…'), action: 'connection' as const },
  ];
}

async function askName(connection: Connection): Promise<StoredFollowed[]> {
  const title = vscode.l10n.t('Follow Log');
  const text = await askText({ title, prompt: vscode.l10n.t('Function name or ARN') });
  const FunctionName = text?.trim() ?? '';
  return FunctionName === '' ? [] : [{ FunctionName, connection }];
}

/** Prompts for one or more functions: local ones, and those of a connection, which can be changed. */
export async function askFollowed(services: AskServices, connection: Connection): Promise<StoredFollowed[]> {
  const closed = new AbortController();
  const picked = await askChoices(rowsOf(services, connection, closed.signal), {
    title: vscode.l10n.t('Follow Log'),
    placeHolder: vscode.l10n.t('Select one or more functions'),
    matchOnDescription: true,
  });
  closed.abort();
  if (picked === undefined) return [];
  const functions = picked.flatMap(({ fn }) => fn ?? []);
  const actions = picked.map(({ action }) => action);
  const entered = actions.includes('enter') ? await askName(connection) : [];
  if (!actions.includes('connection')) return [...functions, ...entered];
  const other = await (await services.connectionCommands()).ask('profile', connection);
  return [...functions, ...entered, ...(other === undefined ? [] : await askFollowed(services, other))];
}
