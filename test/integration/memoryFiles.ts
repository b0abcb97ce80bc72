import * as vscode from 'vscode';

/** A file system in memory, like those that extensions provide. */
export function registerMemoryFiles(scheme: string): { files: Map<string, Uint8Array>; dispose(): void } {
  const files = new Map<string, Uint8Array>();
  const find = (uri: vscode.Uri) => {
    const bytes = files.get(uri.path);
    if (bytes === undefined) throw vscode.FileSystemError.FileNotFound(uri);
    return bytes;
  };
  const provider: vscode.FileSystemProvider = {
    onDidChangeFile: new vscode.EventEmitter<vscode.FileChangeEvent[]>().event,
    watch: () => new vscode.Disposable(() => undefined),
    stat: (uri) => ({ type: vscode.FileType.File, ctime: 0, mtime: 0, size: find(uri).byteLength }),
    readDirectory: () => [],
    createDirectory: () => undefined,
    readFile: find,
    writeFile: (uri, bytes) => void files.set(uri.path, bytes),
    delete: (uri) => void files.delete(uri.path),
    rename: (from, to) => {
      files.set(to.path, find(from));
      files.delete(from.path);
    },
  };
  const registered = vscode.workspace.registerFileSystemProvider(scheme, provider);
  return { files, dispose: () => void registered.dispose() };
}
