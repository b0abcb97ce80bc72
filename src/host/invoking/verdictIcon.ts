import * as vscode from 'vscode';
import type { VerdictLevel } from '../../core/outcome/verdict.ts';

const ICONS: Readonly<Record<VerdictLevel, readonly [icon: string, color: string]>> = {
  success: ['pass', 'testing.iconPassed'],
  warning: ['warning', 'list.warningForeground'],
  error: ['error', 'testing.iconFailed'],
  neutral: ['circle-slash', 'testing.iconSkipped'],
};

/** The icon of a verdict in the views. */
export function verdictIcon(level: VerdictLevel): vscode.ThemeIcon {
  const [icon, color] = ICONS[level];
  return new vscode.ThemeIcon(icon, new vscode.ThemeColor(color));
}
