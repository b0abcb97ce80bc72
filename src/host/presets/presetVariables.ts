import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import { variableValues } from '../../app/variableValues.ts';
import { askText } from '../ui/ask.ts';
import { InvokeError } from '../../core/outcome/invokeError.ts';
import { positionAt } from '../../core/json/jsonText.ts';
import { decodeText } from '../../core/json/decodeText.ts';
import { message, toSentence } from '../../core/messages/messages.ts';
import type { Invocation } from '../../core/invocation/invocation.ts';
import { presetInvocation, type Preset } from '../../core/presets/preset.ts';
import {
  presetVariableProblems,
  presetVariables,
  resolveExpect,
  resolvePreset,
} from '../../core/presets/resolvePreset.ts';
import { resolveVariables, variableProblems, variablesOf, type Variable } from '../../core/presets/variables.ts';
import type { TestCase } from '../../core/testing/testCases.ts';
import { sentence } from '../ui/localize.ts';
import { notify } from '../notify.ts';
import { labelOf, readPayload } from '../invoking/payloadFiles.ts';
import { currentFolder } from '../files/currentFolder.ts';
import { payloadUri } from '../files/payloadPaths.ts';
import { askCase } from './askCase.ts';
import type { PresetStore } from './presetStores.ts';

/** Answers to `${input:NAME}` by name. The last ones are suggested again, and only stored in memory. */
export type Answers = Map<string, string>;

/** The preset whose variables need values. */
interface Prompt {
  readonly name: string;
  /** The path of the file with the cases of the preset. */
  readonly cases: string | undefined;
  readonly store: Pick<PresetStore, 'folder'>;
}

/** Prompts for the inputs of variables, once per name, and for a case. Returns false if canceled. */
async function askInputs(
  variables: readonly Variable[],
  { name, cases, store }: Prompt,
  { answers, last, chosen }: ResolveOptions,
): Promise<boolean> {
  const title = vscode.l10n.t('Invoke {0}', name);
  for (const variable of variables) {
    if (variable.kind === 'case' && chosen.testCase === undefined && cases !== undefined) {
      const testCase = await askCase(cases, store, title);
      if (testCase === undefined) return false;
      chosen.testCase = testCase;
    }
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

function folderPath({ folder = currentFolder() }: Pick<PresetStore, 'folder'>): string {
  if (folder === undefined) throw new InvokeError(message('folderMissing'));
  return folder.uri.scheme === 'file' ? folder.uri.fsPath : folder.uri.toString();
}

/** Resolves variables, with the same time for all `${now}` and a new ID for each `${uuid}`. */
function valuesOf(
  store: Pick<PresetStore, 'folder'>,
  { answers, chosen }: Pick<ResolveOptions, 'answers' | 'chosen'>,
): (variable: Variable) => string {
  return variableValues({
    environment: process.env,
    envMissing: 'envMissing',
    folder: () => folderPath(store),
    input: (name) => answers.get(name) ?? '',
    newId: randomUUID,
    testCase: chosen.testCase,
  });
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

interface ResolveOptions {
  readonly answers: Answers;
  readonly last: Answers;
  /** The values of `${case:KEY}`, as soon as they're chosen. */
  readonly chosen: { testCase?: TestCase };
  /** Also replaces the variables of `expect`. */
  readonly isTest?: boolean;
}

type Values = ReturnType<typeof valuesOf>;

interface InStore {
  readonly preset: Preset;
  readonly store: Pick<PresetStore, 'folder'>;
}

/** Replaces the variables in the texts of a preset. Returns undefined if canceled. */
async function resolveTexts(
  { preset, store }: InStore,
  options: ResolveOptions,
): Promise<{ readonly resolved: Preset; readonly values: Values } | undefined> {
  const expected = options.isTest === true ? (preset.expect ?? '') : '';
  const inExpected = variableProblems(expected).map((one) => ({ key: 'expect', message: one.message }));
  const [problem] = [...presetVariableProblems(preset), ...inExpected];
  if (problem !== undefined) throw new InvokeError(message('variableIn', problem.key, toSentence(problem.message)));
  const variables = [...presetVariables(preset), ...variablesOf(expected)];
  const { name, cases } = preset;
  if (!(await askInputs(variables, { name, cases, store }, options))) return undefined;
  const values = valuesOf(store, options);
  return { resolved: resolvePreset(preset, values), values };
}

/** The text of a payload file with the values of its variables. Returns undefined if canceled. */
async function resolveFile(
  uri: string,
  { values, options, ...prompt }: Prompt & { readonly values: Values; readonly options: ResolveOptions },
): Promise<string | undefined> {
  const text = await payloadText(uri);
  if (!(await askInputs(variablesOf(text), prompt, options))) return undefined;
  return resolveVariables(text, values, { isJson: true });
}

/** A preset with the values of its variables. */
export interface ResolvedPreset {
  /** If the variables in its payload file are resolved, the text of the file is the inline payload. */
  readonly sent: Preset;
  /** With the path of the payload file. */
  readonly shown: Preset;
  /** `expect` of a test. */
  readonly expect?: string;
}

/**
 * Replaces the variables of a preset. Returns undefined if canceled. Rejects with InvokeError, with the location, for
 * unknown variables and missing values.
 */
export async function resolveStoredPreset(
  { preset, store }: InStore,
  options: ResolveOptions,
): Promise<ResolvedPreset | undefined> {
  const texts = await resolveTexts({ preset, store }, options);
  if (texts === undefined) return undefined;
  const { resolved, values } = texts;
  const isTest = options.isTest === true && preset.expect !== undefined;
  const expected = isTest ? { expect: resolveExpect(preset.expect, values) } : {};
  const { payloadFile, payloadFileVariables, ...others } = resolved;
  if (payloadFile === undefined || payloadFileVariables !== true) {
    return { sent: resolved, shown: resolved, ...expected };
  }
  const { name, cases } = preset;
  const Payload = await resolveFile(payloadUri(store, payloadFile), { name, cases, store, values, options });
  return Payload === undefined ? undefined : { sent: { ...others, Payload }, shown: resolved, ...expected };
}

/**
 * Replaces the variables that select what a form shows: in the path of the payload file and in the connection. Returns
 * undefined if canceled. Rejects like `resolveStoredPreset`.
 */
export async function resolveShown({ preset, store }: InStore, options: ResolveOptions): Promise<Preset | undefined> {
  const { name, cases, payloadFile, profile, region, endpoint } = preset;
  const shown = {
    name,
    FunctionName: '',
    ...(cases !== undefined && { cases }),
    ...(payloadFile !== undefined && { payloadFile }),
    ...(profile !== undefined && { profile }),
    ...(region !== undefined && { region }),
    ...(endpoint !== undefined && { endpoint }),
  };
  const texts = await resolveTexts({ preset: shown, store }, options);
  return texts && { ...preset, ...texts.resolved, FunctionName: preset.FunctionName };
}

/** The content of a form whose variables are resolved. */
export interface InvocationTemplate {
  readonly invocation: Invocation;
  readonly payloadFileVariables: boolean;
  /** The name of its preset, for prompts. */
  readonly name: string;
  /** The file with the cases of its preset. */
  readonly cases?: string | undefined;
  /** Where `${workspaceFolder}` is. By default the folder of the active editor. */
  readonly store: Pick<PresetStore, 'folder'>;
}

/** Replaces the variables of a form. Returns undefined if canceled. Rejects like `resolveStoredPreset`. */
export async function resolveInvocation(
  { invocation, payloadFileVariables, name, cases, store }: InvocationTemplate,
  options: ResolveOptions,
): Promise<Invocation | undefined> {
  const { payload, ...fields } = invocation;
  const preset: Preset = {
    name,
    ...fields,
    ...(payload.kind === 'typed' && { Payload: payload.text }),
    ...(cases !== undefined && { cases }),
  };
  const texts = await resolveTexts({ preset, store }, options);
  if (texts === undefined) return undefined;
  const resolved = presetInvocation(texts.resolved, (path) => path);
  if (payload.kind !== 'file') return resolved;
  if (!payloadFileVariables) return { ...resolved, payload };
  const text = await resolveFile(payload.uri, { name, cases, store, values: texts.values, options });
  return text === undefined ? undefined : { ...resolved, payload: { kind: 'typed', text } };
}
