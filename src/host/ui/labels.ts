import * as vscode from 'vscode';
import { withoutIcons } from '../../core/messages/plainText.ts';
import { visibleLine } from '../../core/messages/visibleText.ts';

/** A tooltip of plain text, without Markdown and links. */
function tooltipText(lines: readonly string[]): string {
  return lines.map(visibleLine).join('\n');
}

interface RowTexts {
  readonly label: string;
  readonly description?: string;
  readonly tooltip?: readonly string[];
  /** What screen readers read instead of label and description. */
  readonly spoken?: string;
  readonly state?: vscode.TreeItemCollapsibleState;
}

/** A tree item. VS Code renders no icons in its texts. */
export function createTreeItem({ label, description, tooltip, spoken, state }: RowTexts): vscode.TreeItem {
  const item = new vscode.TreeItem(visibleLine(label), state);
  if (description !== undefined) item.description = visibleLine(description);
  if (tooltip !== undefined) item.tooltip = tooltipText(tooltip);
  if (spoken !== undefined) item.accessibilityInformation = { label: visibleLine(spoken) };
  return item;
}

/** Shows a text above the rows of a view. An empty text hides it. */
export function setViewMessage(view: vscode.TreeView<unknown>, text: string): void {
  view.message = visibleLine(text);
}

interface Lens {
  readonly icon?: 'play';
  readonly title: string;
  readonly tooltip?: string;
  readonly command: string;
  readonly arguments: unknown[];
}

export function createLens(range: vscode.Range, { icon, title, tooltip, ...command }: Lens): vscode.CodeLens {
  const sign = icon === undefined ? '' : `$(${icon}) `;
  const shown = { ...command, title: sign + withoutIcons(title) };
  return new vscode.CodeLens(range, tooltip === undefined ? shown : { ...shown, tooltip: visibleLine(tooltip) });
}

export function createDiagnostic(
  range: vscode.Range,
  text: string,
  severity: vscode.DiagnosticSeverity,
): vscode.Diagnostic {
  return new vscode.Diagnostic(range, visibleLine(text), severity);
}

/** Shows a text after an icon in the status bar. */
export function setStatusText(item: vscode.StatusBarItem, icon: 'shield' | 'warning' | 'zap', text: string): void {
  item.text = `$(${icon}) ${withoutIcons(text)}`;
}

/** Sets the tooltip lines, which screen readers read too. */
export function setStatusTooltip(item: vscode.StatusBarItem, lines: readonly string[]): void {
  item.tooltip = tooltipText(lines);
  item.accessibilityInformation = { label: lines.map(visibleLine).join(', ') };
}

/** Sets the label of a test. It has no description, which screen readers would read instead of the label. */
export function setTestLabel(item: vscode.TestItem, label: string): void {
  item.label = visibleLine(label);
}

/** Sets the title of an editor tab. */
export function setTabTitle(panel: vscode.WebviewPanel, title: string): void {
  panel.title = visibleLine(title);
}
