import { readFile, stat } from 'node:fs/promises';
import * as vscode from 'vscode';
import { createCandidates, looksLikeCandidate, type CandidateKind } from '../../core/functions/templateCandidates.ts';
import { setting } from '../settings.ts';

/** Files that define functions judging by their name. Others are read only if none of these exists. */
const NAMED =
  '**/{lambda-invoke.json,template.yaml,template.yml,template.json,*.template.yaml,*.template.yml,*.template.json,sam.yaml,sam.yml,serverless.yaml,serverless.yml,serverless.json,serverless.template,serverless.ts,serverless.js,serverless.mjs,serverless.cjs,serverless.mts,serverless.cts}';
const POSSIBLE = '**/*.{yaml,yml,json,template}';
const SKIPPED =
  '**/{node_modules,bower_components,site-packages,.git,.aws-sam,.serverless,.venv,venv,dist,out,build,target}/**';

const PRESETS_PATH = '/.vscode/lambda-invoke.json';

/** The maximum number of files that are read to find out whether there are functions. */
const MAX_READ = 5000;
const CONCURRENCY = 16;
/** The maximum size of a file that isn't named like a template, in bytes. Source: CloudFormation quotas. */
const MAX_BYTES = 1_000_000;

/** Whether a file may define functions, judging by its name and folder: `possible` if its text decides. */
export function sourceKind(uri: vscode.Uri): CandidateKind | undefined {
  if (uri.path.endsWith(PRESETS_PATH)) return 'named';
  const folder = vscode.workspace.getWorkspaceFolder(uri);
  if (uri.scheme !== 'file' || folder === undefined) return undefined;
  const parts = uri.path.slice(folder.uri.path.length).split('/').filter(Boolean);
  const patterns = { include: setting('templates.include'), exclude: setting('templates.exclude') };
  return createCandidates(patterns)(parts.slice(0, -1).join('/')).fileKind(parts.at(-1) ?? '');
}

/** Whether a file may define functions, judging also by its text. Never rejects. */
export async function isSourceFile(uri: vscode.Uri): Promise<boolean> {
  const kind = sourceKind(uri);
  if (kind !== 'possible') return kind === 'named';
  try {
    const { size } = await stat(uri.fsPath);
    return size <= MAX_BYTES && looksLikeCandidate(uri.path, await readFile(uri.fsPath, 'utf8'));
  } catch {
    return false; // deleted or unreadable
  }
}

/**
 * Whether the workspace may have a file that defines functions. Reads files only if none is named like a template.
 * Files that a setting includes can be anywhere, so they aren't searched here.
 */
export async function hasSourceFile(): Promise<boolean> {
  if (setting('templates.include').length > 0) return true;
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
