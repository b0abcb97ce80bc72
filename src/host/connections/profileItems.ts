import * as vscode from 'vscode';
import type { ProfileKind, ProfileView } from '../../core/awsConfig/profile.ts';
import type { Message } from '../../core/messages.ts';
import { sentence } from '../localize.ts';

function kindName(kind: ProfileKind): string {
  switch (kind) {
    case 'keys':
      return vscode.l10n.t('access key');
    case 'session':
      return vscode.l10n.t('temporary keys');
    case 'role':
    case 'source':
      return vscode.l10n.t('role');
    case 'webIdentity':
      return vscode.l10n.t('web identity');
    case 'process':
      return vscode.l10n.t('credential process');
    case 'sso':
      return vscode.l10n.t('SSO');
    case 'login':
      return vscode.l10n.t('login session');
    case 'none':
      return vscode.l10n.t('no credentials');
  }
}

/** A profile as a row: its kind, account, role and region; a broken one with what is wrong. */
export function profileItem({
  name,
  kind,
  accountId,
  role,
  region,
  problem,
  warning,
}: ProfileView): vscode.QuickPickItem {
  const parts = [kindName(kind), accountId, role, region].filter((part) => part !== undefined);
  const said = problem ?? warning;
  return {
    label: said === undefined ? name : `$(warning) ${name}`,
    description: parts.join(' · '),
    ...(said !== undefined && { detail: sentence(said) }),
  };
}

const FILE_AND_LINE = /^config(Line|Section)/;

/** Says why a row of the profiles cannot be chosen; where a line of a file is the reason, the line can be opened. */
export async function tellBroken(name: string | undefined, problem: Message): Promise<void> {
  const [file, line] = problem.args;
  const open = vscode.l10n.t('Open File');
  const hasPlace = FILE_AND_LINE.test(problem.code) && file !== undefined;
  const said = sentence(problem);
  const text = name === undefined ? said : vscode.l10n.t('{0} was not chosen. {1}', name, said);
  const answer = await vscode.window.showErrorMessage(text, ...(hasPlace ? [open] : []));
  if (answer !== open) return;
  const position = new vscode.Position(Math.max(0, Number(line) - 1), 0);
  await vscode.window.showTextDocument(vscode.Uri.file(String(file)), {
    selection: new vscode.Range(position, position),
  });
}
