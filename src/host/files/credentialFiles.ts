import { realpath, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import * as path from 'node:path';
import { isCredentialsFile } from '../../app/credentialFiles.ts';

/** Paths of credentials on a file system with an unknown home folder. */
const IN_AWS_FOLDER = /\/\.aws\/(credentials|config|sso|cli|login)(\/|$)/i;

/** The relevant parts of a vscode.Uri. */
interface FileUri {
  readonly scheme: string;
  readonly path: string;
  readonly fsPath: string;
}

/** Whether a file contains AWS credentials. See `isCredentialsFile`. */
export async function holdsCredentials(uri: FileUri, environment: NodeJS.ProcessEnv = process.env): Promise<boolean> {
  if (uri.scheme === 'untitled') return false;
  if (uri.scheme !== 'file') return IN_AWS_FOLDER.test(path.posix.normalize(uri.path.replaceAll('\\', '/')));
  return isCredentialsFile(uri.fsPath, environment, { path, homedir, realpath, stat });
}
