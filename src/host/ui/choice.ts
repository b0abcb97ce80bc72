import type * as vscode from 'vscode';
import { withoutIcons, withoutMarkup, withoutMarkupAnywhere } from '../../core/messages/plainText.ts';

type Icon =
  'account' | 'edit' | 'globe' | 'history' | 'play' | 'plug' | 'sign-in' | 'symbol-function' | 'tag' | 'warning';

/** A row of a quick pick with plain texts. Only `icon` and `isCurrent` show icons. */
export interface Choice extends Omit<vscode.QuickPickItem, 'resourceUri' | 'tooltip'> {
  /** Shown before the label. */
  readonly icon?: Icon;
  /** Shows a check mark after the label. */
  readonly isCurrent?: boolean;
}

/** A quick pick item of VS Code with its choice. */
export interface ShownChoice<Item extends Choice> extends vscode.QuickPickItem {
  readonly choice: Item;
}

/** `QuickPickItemKind.Separator`, whose label VS Code renders with icons only while its rows scroll. */
const SEPARATOR: vscode.QuickPickItemKind = -1;

function shownLabel({ kind, label, icon, isCurrent = false }: Choice): string {
  if (kind === SEPARATOR) return withoutMarkupAnywhere(label);
  return `${icon === undefined ? '' : `$(${icon}) `}${withoutIcons(label)}${isCurrent ? ' $(check)' : ''}`;
}

export function toShown<Item extends Choice>(choice: Item): ShownChoice<Item> {
  const { kind, description, detail, iconPath, buttons, picked, alwaysShow } = choice;
  return {
    choice,
    label: shownLabel(choice),
    ...(kind !== undefined && { kind }),
    // Their hovers are Markdown.
    ...(description !== undefined && { description: withoutMarkup(description) }),
    ...(detail !== undefined && { detail: withoutMarkup(detail) }),
    ...(iconPath !== undefined && { iconPath }),
    ...(buttons !== undefined && { buttons }),
    ...(picked !== undefined && { picked }),
    ...(alwaysShow !== undefined && { alwaysShow }),
  };
}
