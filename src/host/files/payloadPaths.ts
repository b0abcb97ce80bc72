import * as vscode from 'vscode';
import { InvokeError } from '../../core/outcome/invokeError.ts';
import { message } from '../../core/messages/messages.ts';
import { currentFolder } from './currentFolder.ts';

/** The base of relative paths, by default the current folder. */
interface InFolder {
  readonly folder?: vscode.WorkspaceFolder;
}

/** The URI of a payload file that is named by a relative path, an absolute path, or a URI of another file system. */
export function payloadUri({ folder = currentFolder() }: InFolder, path: string): string {
  if (/^(untitled:|[a-zA-Z][\w+.-]+:\/\/)/.test(path)) return vscode.Uri.parse(path).toString();
  if (/^([a-zA-Z]:)?[\\/]/.test(path)) return vscode.Uri.file(path).toString();
  if (folder === undefined) throw new InvokeError(message('payloadFileRelative', path));
  return vscode.Uri.joinPath(folder.uri, path).toString();
}

/** The path that names a payload file: relative to the folder where the file is in it. */
export function payloadPath({ folder }: InFolder, uri: string): string {
  const parsed = vscode.Uri.parse(uri);
  if (parsed.scheme === 'untitled') throw new InvokeError(message('payloadUnsaved'));
  const prefix = folder === undefined ? undefined : `${folder.uri.path.replace(/\/$/, '')}/`;
  const isInFolder = prefix !== undefined && parsed.scheme === folder?.uri.scheme && parsed.path.startsWith(prefix);
  if (isInFolder) return parsed.path.slice(prefix.length);
  return parsed.scheme === 'file' ? parsed.fsPath : uri;
}
