import * as vscode from 'vscode';
import { setting } from '../settings.ts';
import { labelled } from '../invoking/payloadFiles.ts';

/** A menu with more files is hardly useful. */
const MAX_FILES = 200;

const EXCLUDED = '**/{node_modules,.git,.aws-sam,cdk.out,dist,out,build,.venv}/**';

/** Combines changes that follow each other, such as those of a checkout. In milliseconds. */
const DEBOUNCE_MS = 200;

/** JSON files in the payload folders of the setting (`events`, `payloads`) and files such as `order-event.json`. */
function filesPattern(): string {
  const names = setting('codeLens.payloadFolders').filter((name) => name !== '' && !name.includes('/'));
  const folders = names.map((name) => `**/${name.replaceAll(/[[\]{}*?,]/g, '[$&]')}/**/*.json`);
  return `{${[...folders, '**/*.event.json', '**/*-event.json'].join(',')}}`;
}

/** The event files of the workspace. Searches with the first use, and again when files are created or deleted. */
export class EventFiles implements vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<void>();
  readonly onDidChange = this.#changed.event;
  #files: Thenable<{ readonly uri: string; readonly label: string }[]> | undefined;
  #watching: vscode.Disposable | undefined;
  #timer: NodeJS.Timeout | undefined;

  /** The files, sorted by path. */
  list(): Thenable<readonly { readonly uri: string; readonly label: string }[]> {
    this.#watching ??= this.#watch();
    return (this.#files ??= vscode.workspace.findFiles(filesPattern(), EXCLUDED, MAX_FILES).then((uris) => {
      const files = labelled(uris.map((uri) => uri.toString()));
      return files.toSorted((one, other) => one.label.localeCompare(other.label));
    }));
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#watching?.dispose();
    this.#changed.dispose();
  }

  #watch(): vscode.Disposable {
    const watcher = vscode.workspace.createFileSystemWatcher(filesPattern(), false, true, false);
    const changed = () => {
      this.#files = undefined;
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => this.#changed.fire(), DEBOUNCE_MS);
    };
    return vscode.Disposable.from(
      watcher,
      watcher.onDidCreate(changed),
      watcher.onDidDelete(changed),
      vscode.workspace.onDidChangeWorkspaceFolders(changed),
    );
  }
}
