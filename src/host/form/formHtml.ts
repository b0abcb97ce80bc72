import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import * as vscode from 'vscode';
import { lazy } from '../../core/async/lazy.ts';

interface FormSources {
  readonly html: string;
  readonly script: string;
  readonly style: string;
}

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}

/** Escapes a script for a script element, which these sequences would end or keep open. */
function inlineScript(script: string): string {
  return script.replaceAll(/<(?=!--|\/?script)/gi, String.raw`\x3c`);
}

/** Returns a function that creates the page of a form. Reads the files once. `dist` is a local resource root. */
export function createFormHtml(dist: vscode.Uri): (webview: vscode.Webview) => Promise<string> {
  async function read(): Promise<FormSources> {
    const [html, script, style] = await Promise.all(
      ['form.html', 'form.js', 'form.css'].map((name) => readFile(vscode.Uri.joinPath(dist, name).fsPath, 'utf8')),
    );
    return { html: html ?? '', script: script ?? '', style: style ?? '' };
  }

  const sources = lazy(read);

  return async function formHtml(webview) {
    const { html, script, style } = await sources();
    const urlOf = (name: string) => escapeHtml(webview.asWebviewUri(vscode.Uri.joinPath(dist, name)).toString());
    const nonce = randomBytes(16).toString('base64url');
    const values: Record<string, string> = {
      nonce,
      language: vscode.env.language,
      editors: urlOf('editor.js'),
      elements: urlOf('elements.js'),
      result: urlOf('result.js'),
      bundle: escapeHtml(JSON.stringify(vscode.l10n.bundle ?? {})),
    };
    return (
      html
        .replaceAll(/%([^%\n]+)%/g, (_, text: string) => escapeHtml(vscode.l10n.t(text)))
        .replaceAll(/\{\{(\w+)\}\}/g, (whole, key: string) => values[key] ?? whole)
        // Inlined, because a page without requests is usable sooner.
        .replace('</style>', () => `${style}</style>`)
        .replace('</script>', () => `${inlineScript(script)}</script>`)
    );
  };
}
