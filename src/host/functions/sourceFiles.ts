import { readFile, stat } from 'node:fs/promises';
import * as vscode from 'vscode';
import { createCandidates } from '../../core/functions/templateCandidates.ts';
import { mayBeTemplate } from '../../core/functions/template/templateContent.ts';
import { setting } from '../settings.ts';

/** Files whose names alone make them relevant. Without one, others are read. */
const NAMED =
  '**/{lambda-invoke.json,template.yaml,template.yml,template.json,*.template.yaml,*.template.yml,*.template.json,sam.yaml,sam.yml,serverless.yaml,serverless.yml,serverless.json,serverless.template}';
const POSSIBLE = '**/*.{yaml,yml,json,template}';
const SKIPPED =
  '**/{node_modules,bower_components,site-packages,.git,.aws-sam,.serverless,.venv,venv,dist,out,build,target}/**';

const PRESETS_PATH = '/.vscode/lambda-invoke.json';

/** The maximum number of files that are read to find out whether there are functions. */
const MAX_READ = 5000;
const CONCURRENCY = 16;
/** The maximum size of a file that isn't named like a template, in bytes. Source: CloudFormation quotas. */
const MAX_BYTES = 1_000_000;

/** Whether a file may define functions, judging by its name and folder, or else by its text. Never rejects. */
export async function isSourceFile(uri: vscode.Uri): Promise<boolean> {
  if (uri.path.endsWith(PRESETS_PATH)) return true;
  const folder = vscode.workspace.getWorkspaceFolder(uri);
  if (uri.scheme !== 'file' || folder === undefined) return false;
  const parts = uri.path.slice(folder.uri.path.length).split('/').filter(Boolean);
  const name = parts.at(-1) ?? '';
  const candidatesIn = createCandidates({
    include: setting('templates.include'),
    exclude: setting('templates.exclude'),
  });
  const kind = candidatesIn(parts.slice(0, -1).join('/')).fileKind(name);
  if (kind !== 'possible') return kind === 'named';
  try {
    const { size } = await stat(uri.fsPath);
    return size <= MAX_BYTES && mayBeTemplate(name, await readFile(uri.fsPath, 'utf8'));
  } catch {
    return false; // removed meanwhile, or unreadable
  }
}

/** Whether the workspace has a file that may define functions. Reads files only if none is named like a template. */
export async function hasSourceFile(): Promise<boolean> {
  const named = await vscode.workspace.findFiles(NAMED, SKIPPED, 1);
  if (named.length > 0) return true;
  const uris = (await vscode.workspace.findFiles(POSSIBLE, SKIPPED, MAX_READ)).values();
  let isFound = false;
  async function check(): Promise<void> {
    for (const uri of uris) {
      if (isFound) return;
      if (await isSourceFile(uri)) isFound = true;
    }
  }
  await Promise.all(Array.from({ length: CONCURRENCY }, check));
  return isFound;
}
