import * as vscode from 'vscode';
import { PAYLOAD_FILES_CONTEXT } from '../contributions.ts';

/** More files don't get the button. */
const MAX_FILES = 500;

/** The paths of files that were used as payloads, which have an Invoke button in the title of their editor. */
export class PayloadFileContext {
  readonly #paths = new Set<string>();

  /** Adds files. Sets the context key only if there are new ones. */
  add(uris: readonly string[]): void {
    const before = this.#paths.size;
    for (const uri of uris) {
      if (this.#paths.size === MAX_FILES) break;
      const { scheme, path, fsPath } = vscode.Uri.parse(uri);
      // The same as VS Code's context key resourcePath.
      if (scheme !== 'untitled') this.#paths.add(scheme === 'file' ? fsPath : path);
    }
    if (this.#paths.size === before) return;
    void vscode.commands.executeCommand('setContext', PAYLOAD_FILES_CONTEXT, [...this.#paths]);
  }
}
