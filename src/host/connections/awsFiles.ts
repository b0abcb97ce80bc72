import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { basename, dirname, normalize } from 'node:path';
import * as vscode from 'vscode';
import { awsPaths } from '../../core/connection/awsEnvironment.ts';

const CHANGED_AFTER_MS = 150;

/** The paths of the AWS config files. */
function awsFiles(environment: NodeJS.ProcessEnv): string[] {
  const { config, credentials } = awsPaths(environment, homedir());
  return [normalize(config), normalize(credentials)];
}

/** Whether AWS is set up on this machine. If so, the default connection is the default chain, otherwise Local. */
export function hasAwsSetUp(environment: NodeJS.ProcessEnv): boolean {
  const variables = [
    'AWS_ACCESS_KEY_ID',
    'AWS_PROFILE',
    'AWS_DEFAULT_PROFILE',
    'AWS_WEB_IDENTITY_TOKEN_FILE',
    'AWS_CONTAINER_CREDENTIALS_RELATIVE_URI',
    'AWS_CONTAINER_CREDENTIALS_FULL_URI',
  ];
  return variables.some((name) => environment[name] !== undefined) || awsFiles(environment).some(existsSync);
}

/** Notifies when an AWS config file is created, changed or deleted. */
export function watchAwsFiles(environment: NodeJS.ProcessEnv, onDidChange: () => void): vscode.Disposable {
  let soon: NodeJS.Timeout | undefined;
  const changed = () => {
    clearTimeout(soon);
    soon = setTimeout(onDidChange, CHANGED_AFTER_MS);
  };
  const watchers = awsFiles(environment).map((path) => {
    const pattern = new vscode.RelativePattern(vscode.Uri.file(dirname(path)), basename(path));
    const watcher = vscode.workspace.createFileSystemWatcher(pattern);
    watcher.onDidChange(changed);
    watcher.onDidCreate(changed);
    watcher.onDidDelete(changed);
    return watcher;
  });
  return vscode.Disposable.from(...watchers, { dispose: () => clearTimeout(soon) });
}
