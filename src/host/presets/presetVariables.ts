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

/** Answers to `${input:NAME}` by name: what was typed last is offered again. In memory only. */
export type Answers = Map<string, string>;

/** Asks for every input of a list of variables, each name once; false where the person gave up. */
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

/** Gives each variable its value: one time for all `${now}`, a new id for each `${uuid}`. */
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

/** The payload file's text, for a preset whose variables count in it. */
async function payloadText(uri: string): Promise<string> {
  const parsed = vscode.Uri.parse(uri);
  // Somebody else's file must not read this machine's environment.
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
 * A preset with the values of its variables; undefined where a question was not answered. Rejects with InvokeError,
 * naming the place, for what is no variable or has no value. A preset without variables comes back as it is.
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
