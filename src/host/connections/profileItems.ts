import * as vscode from 'vscode';
import type { ProfileKind, ProfileView } from '../../core/connection/profile.ts';
import type { Message } from '../../core/messages/messages.ts';
import type { Choice } from '../ui/choice.ts';
import { sentence } from '../ui/localize.ts';
import { notify, type NoticeAction } from '../notify.ts';

function kindName(kind: ProfileKind): string {
  switch (kind) {
    case 'keys':
      return vscode.l10n.t('access key');
    case 'session':
      return vscode.l10n.t('temporary credentials');
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

/** A row for a profile with its kind, account, role and region, or with its problem. */
export function profileItem({ name, kind, accountId, role, region, problem, warning }: ProfileView): Choice {
  const parts = [kindName(kind), accountId, role, region].filter((part) => part !== undefined);
  const notice = problem ?? warning;
  return {
    ...(notice !== undefined && { icon: 'warning' }),
    label: name,
    description: parts.join(' · '),
    ...(notice !== undefined && { detail: sentence(notice) }),
  };
}

const FILE_AND_LINE = /^config(Line|Section)/;

/** Notifies why a profile can't be selected, with a button that opens the line of the config file. */
export function warnBrokenProfile(name: string | undefined, problem: Message): void {
  const [file, line] = problem.args;
  const hasPlace = FILE_AND_LINE.test(problem.code) && file !== undefined;
  const notice = sentence(problem);
  const text = name === undefined ? notice : vscode.l10n.t("Can't use profile {0}. {1}", name, notice);
  const position = new vscode.Position(Math.max(0, Number(line) - 1), 0);
  const selection = new vscode.Range(position, position);
  const open: NoticeAction = {
    label: vscode.l10n.t('Open File'),
    run: () => vscode.window.showTextDocument(vscode.Uri.file(String(file)), { selection }),
  };
  notify('error', text, ...(hasPlace ? [open] : []));
}
