import * as vscode from 'vscode';
import { PAYLOAD_SCHEME } from '../contributions.ts';

interface MemoryFile {
  readonly content: Uint8Array;
  readonly mtime: number;
}

/**
 * Inline payloads that are open in an editor, in memory only. A file system, because closing an unsaved untitled editor
 * would ask a question.
 */
export class PayloadFileSystem implements vscode.FileSystemProvider, vscode.Disposable {
  readonly #files = new Map<string, MemoryFile>();
  readonly #changed = new vscode.EventEmitter<vscode.FileChangeEvent[]>();
  readonly onDidChangeFile = this.#changed.event;
  #registration: vscode.Disposable | undefined;
  #lastTime = 0;

  dispose(): void {
    this.#registration?.dispose();
    this.#changed.dispose();
  }

  stat(uri: vscode.Uri): vscode.FileStat {
    if (this.#isFolder(uri)) return { type: vscode.FileType.Directory, ctime: 0, mtime: 0, size: 0 };
    const { content, mtime } = this.#file(uri);
    return { type: vscode.FileType.File, ctime: 0, mtime, size: content.byteLength };
  }

  readFile(uri: vscode.Uri): Uint8Array {
    return this.#file(uri).content;
  }

  /** Saves an editor. Doesn't create files. */
  writeFile(uri: vscode.Uri, content: Uint8Array): void {
    this.#file(uri);
    this.#files.set(uri.path, { content, mtime: this.#nextTime() });
  }

  /** Creates or changes a file. VS Code then updates its editor. */
  put(uri: vscode.Uri, text: string): void {
    const options = { isCaseSensitive: true };
    this.#registration ??= vscode.workspace.registerFileSystemProvider(PAYLOAD_SCHEME, this, options);
    const isNew = !this.#files.has(uri.path);
    this.#files.set(uri.path, { content: new TextEncoder().encode(text), mtime: this.#nextTime() });
    const type = isNew ? vscode.FileChangeType.Created : vscode.FileChangeType.Changed;
    this.#changed.fire([{ type, uri }]);
  }

  /** Lets VS Code save an editor over a text that it hasn't read. It refuses to save over a newer file. */
  allowSave(uri: vscode.Uri): void {
    const file = this.#files.get(uri.path);
    if (file !== undefined) this.#files.set(uri.path, { ...file, mtime: 0 });
  }

  /** The text that was written last. */
  textOf(uri: vscode.Uri): string | undefined {
    const file = this.#files.get(uri.path);
    return file && new TextDecoder('utf-8', { ignoreBOM: true }).decode(file.content);
  }

  /** Removes a file whose editor was closed. */
  remove(uri: vscode.Uri): void {
    this.#files.delete(uri.path);
  }

  readDirectory(): [string, vscode.FileType][] {
    return [];
  }

  watch(): vscode.Disposable {
    return { dispose: () => undefined };
  }

  createDirectory(uri: vscode.Uri): never {
    throw vscode.FileSystemError.NoPermissions(uri);
  }

  delete(uri: vscode.Uri): never {
    throw vscode.FileSystemError.NoPermissions(uri);
  }

  rename(uri: vscode.Uri): never {
    throw vscode.FileSystemError.NoPermissions(uri);
  }

  /** Always another time, because VS Code compares only time and size with what it has in memory. */
  #nextTime(): number {
    this.#lastTime = Math.max(Date.now(), this.#lastTime + 1);
    return this.#lastTime;
  }

  #isFolder({ path }: vscode.Uri): boolean {
    return path === '/' || [...this.#files.keys()].some((file) => file.startsWith(`${path}/`));
  }

  #file(uri: vscode.Uri): MemoryFile {
    const file = this.#files.get(uri.path);
    if (file === undefined) throw vscode.FileSystemError.FileNotFound(uri);
    return file;
  }
}
