import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import { askText } from '../ui/ask.ts';
import { InvokeError } from '../../core/outcome/invokeError.ts';
import { positionAt } from '../../core/json/jsonText.ts';
import { decodeText } from '../../core/json/decodeText.ts';
import { message, toSentence } from '../../core/messages/messages.ts';
import type { Preset } from '../../core/presets/preset.ts';
import { presetVariableProblems, presetVariables, resolvePreset } from '../../core/presets/resolvePreset.ts';
import {
  hasSecretValue,
  nowText,
  resolveVariables,
  variableProblems,
  variablesOf,
  type Variable,
} from '../../core/presets/variables.ts';
import { sentence } from '../ui/localize.ts';
import { notify } from '../notify.ts';
import { labelOf, readPayload } from '../invoking/payloadFiles.ts';
import { currentFolder } from '../files/currentFolder.ts';
import { payloadUri } from '../files/payloadPaths.ts';
import type { PresetStore } from './presetStores.ts';

/** Answers to `${input:NAME}` by name. The last ones are suggested again, and only stored in memory. */
export type Answers = Map<string, string>;

/** Prompts for the inputs of variables, once per name. Returns false if canceled. */
async function askInputs(
  title: string,
  variables: readonly Variable[],
  answers: Answers,
  last: Answers,
): Promise<boolean> {
  for (const variable of variables) {
    if (variable.kind !== 'input' || answers.has(variable.name)) continue;
    const answer = await askText({
      title,
      prompt: variable.name,
      value: last.get(variable.name) ?? '',
    });
    if (answer === undefined) return false;
    answers.set(variable.name, answer);
    last.set(variable.name, answer);
  }
  return true;
}

function environmentValue(name: string): string {
  const value = process.env[name];
  if (value === undefined) throw new InvokeError(message('envMissing', name));
  if (hasSecretValue(value, process.env)) throw new InvokeError(message('variableSecret', name));
  return value;
}

function folderPath({ folder = currentFolder() }: Pick<PresetStore, 'folder'>): string {
  if (folder === undefined) throw new InvokeError(message('folderMissing'));
  return folder.uri.scheme === 'file' ? folder.uri.fsPath : folder.uri.toString();
}

/** Resolves variables, with the same time for all `${now}` and a new ID for each `${uuid}`. */
function valuesOf(store: Pick<PresetStore, 'folder'>, answers: Answers): (variable: Variable) => string {
  const now = new Date();
  return (variable) => {
    switch (variable.kind) {
      case 'env':
        return environmentValue(variable.name);
      case 'input':
        return answers.get(variable.name) ?? '';
      case 'workspaceFolder':
        return folderPath(store);
      case 'uuid':
        return randomUUID();
      case 'now':
        return nowText(variable, now);
    }
  };
}

/** The text of the payload file, for a preset that replaces variables in it. */
async function payloadText(uri: string): Promise<string> {
  const parsed = vscode.Uri.parse(uri);
  // A file from elsewhere must not read environment variables.
  const isForeign = !vscode.workspace.isTrusted && vscode.workspace.getWorkspaceFolder(parsed) !== undefined;
  if (isForeign) throw new InvokeError(message('variablesNeedTrust'));
  const { bytes, notes } = await readPayload({ kind: 'file', uri });
  if (notes.length > 0) notify('warning', notes.map(sentence).join(' '));
  const file = labelOf(parsed);
  const decoded = decodeText(bytes);
  if (decoded.kind !== 'text')
    throw new InvokeError(message(decoded.kind === 'utf16' ? 'payloadUtf16' : 'payloadNotUtf8'));
  const { text } = decoded;
  const [problem] = variableProblems(text);
  if (problem === undefined) return text;
  const { line, column } = positionAt(text, problem.start);
  throw new InvokeError(message('variableIn', `${file}:${line}:${column}`, toSentence(problem.message)));
}

/**
 * Replaces the variables of a preset. Returns undefined if canceled. Rejects with InvokeError, with the location, for
 * unknown variables and missing values.
 */
export async function resolveStoredPreset(
  { preset, store }: { readonly preset: Preset; readonly store: Pick<PresetStore, 'folder'> },
  { answers, last }: { readonly answers: Answers; readonly last: Answers },
): Promise<Preset | undefined> {
  const [problem] = presetVariableProblems(preset);
  if (problem !== undefined) throw new InvokeError(message('variableIn', problem.key, toSentence(problem.message)));
  const title = vscode.l10n.t('Invoke {0}', preset.name);
  if (!(await askInputs(title, presetVariables(preset), answers, last))) return undefined;
  const values = valuesOf(store, answers);
  const resolved = resolvePreset(preset, values);
  const { payloadFile, payloadFileVariables, ...others } = resolved;
  if (payloadFile === undefined || payloadFileVariables !== true) return resolved;
  const text = await payloadText(payloadUri(store, payloadFile));
  if (!(await askInputs(title, variablesOf(text), answers, last))) return undefined;
  return { ...others, Payload: resolveVariables(text, values, { isJson: true }) };
}
