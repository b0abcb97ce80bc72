import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import { escapeHtml } from './escapeHtml.ts';

/** An empty page for a script that fills it: `NAME.js`, with `NAME.css`. `dist` is a local resource root. */
export function scriptPage(webview: vscode.Webview, dist: vscode.Uri, name: string): string {
  const nonce = randomBytes(16).toString('base64url');
  const urlOf = (file: string) => escapeHtml(webview.asWebviewUri(vscode.Uri.joinPath(dist, file)).toString());
  const policy = `default-src 'none'; style-src 'nonce-${nonce}'; script-src 'nonce-${nonce}'`;
  return `<!doctype html>
<html lang="${escapeHtml(vscode.env.language)}">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <meta http-equiv="Content-Security-Policy" content="${policy}" />
    <title>Lambda Invoke</title>
    <link rel="stylesheet" nonce="${nonce}" href="${urlOf(`${name}.css`)}" />
  </head>
  <body data-bundle="${escapeHtml(JSON.stringify(vscode.l10n.bundle ?? {}))}">
    <script nonce="${nonce}" src="${urlOf(`${name}.js`)}"></script>
  </body>
</html>`;
}
