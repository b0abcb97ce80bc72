import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import * as vscode from 'vscode';
import { lazy } from '../../core/async/lazy.ts';
import { escapeHtml } from './escapeHtml.ts';

interface PageSources {
  readonly html: string;
  /** The messages, and the page's own script, which uses them. */
  readonly script: string;
  readonly style: string;
}

/** Escapes a script for a script element, which these sequences would end or keep open. */
function inlineScript(script: string): string {
  return script.replaceAll(/<(?=!--|\/?script)/gi, String.raw`\x3c`);
}

/** A CommonJS module as a script, which provides it to the scripts of the page. The build leaves it out of them. */
function sharedScript(name: string, module: string): string {
  return `globalThis.sharedModules={${name}:(()=>{const module={};${module}\nreturn module.exports})()};`;
}

/** Creates the HTML of a page. */
export type PageHtml = (webview: vscode.Webview) => Promise<string>;

/**
 * Returns a function that creates a page with the form's styles and the page's. Reads the files once. `dist` is a
 * local resource root.
 */
export function createPageHtml(dist: vscode.Uri, page: 'form' | 'following'): PageHtml {
  async function read(): Promise<PageSources> {
    const styles = [...new Set(['form.css', `${page}.css`])];
    const files = [`${page}.html`, '../messages.js', `${page}.js`, ...styles];
    const [html = '', messages = '', script = '', ...css] = await Promise.all(
      files.map((name) => readFile(vscode.Uri.joinPath(dist, name).fsPath, 'utf8')),
    );
    return { html, script: sharedScript('messages', messages) + script, style: css.join('') };
  }

  const sources = lazy(read);

  return async function pageHtml(webview) {
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
