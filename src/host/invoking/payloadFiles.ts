import * as vscode from 'vscode';
import type { EndedInvocation } from '../../app/invocations.ts';
import type { InvocationOrder } from '../../app/runInvocation.ts';
import { isUntitled } from '../../core/history/historyEntry.ts';
import type { PayloadSource } from '../../core/invocation/invocation.ts';
import { InvokeError, isInvokeError } from '../../core/outcome/invokeError.ts';
import { LIMITS } from '../../core/invocation/limits.ts';
import { message, type Message } from '../../core/messages/messages.ts';
import { reportUntil, type ReportPrompt } from '../../app/waits.ts';
import { toPayload, validatePayload, type Payload } from '../../core/invocation/payload.ts';
import { payloadWarnings } from '../../core/invocation/payloadWarnings.ts';
import type { PayloadFileView } from '../../protocol/messages.ts';
import { askModal } from '../notify.ts';
import { holdsCredentials } from '../files/credentialFiles.ts';
import { isRegularFile, readWorkspaceFile } from '../files/readWorkspaceFile.ts';
import { setting } from '../settings.ts';

/** Larger payloads aren't searched for warnings. In bytes. */
const MAX_LOOKED_THROUGH = 1_048_576;

/** Far above the payload limits of Lambda. In bytes. */
const MAX_READ = 64_000_000;

/** The label of a document: its path, relative to its workspace folder if possible. */
export function labelOf(uri: vscode.Uri): string {
  return uri.scheme === 'untitled' ? uri.path : vscode.workspace.asRelativePath(uri);
}

/** Files with their labels, without invalid URIs. */
export function labelled(uris: readonly string[]): { readonly uri: string; readonly label: string }[] {
  return uris.flatMap((uri) => {
    try {
      return [{ uri, label: labelOf(vscode.Uri.parse(uri)) }];
    } catch {
      return [];
    }
  });
}

function openDocument(uri: vscode.Uri): vscode.TextDocument | undefined {
  return vscode.workspace.textDocuments.find((document) => document.uri.toString() === uri.toString());
}

function missing(uri: vscode.Uri, error: unknown): InvokeError {
  const because = error instanceof vscode.FileSystemError ? error.code : String(error);
  return new InvokeError(message('payloadMissing', labelOf(uri), because), { cause: error });
}

async function readFile(uri: vscode.Uri): Promise<Uint8Array> {
  try {
    return await readWorkspaceFile(uri, MAX_READ);
  } catch (error) {
    throw isInvokeError(error) ? error : missing(uri, error);
  }
}

async function refuseCredentials(uri: vscode.Uri): Promise<void> {
  if (await holdsCredentials(uri)) throw new InvokeError(message('variableSecret', labelOf(uri)));
}

/** Saves a document with unsaved changes, depending on the setting. Returns whether the file is up to date. */
async function saveFirst(document: vscode.TextDocument, reportPrompt: ReportPrompt): Promise<boolean> {
  const when = setting('saveBeforeInvoke');
  if (when === 'never') return false;
  if (when === 'prompt') {
    const save = vscode.l10n.t('Save');
    const question = vscode.l10n.t('{0} has unsaved changes. Save it before invoking?', labelOf(document.uri));
    const prompt = askModal(question, { answers: [save, vscode.l10n.t('Send Saved Version')] });
    const answer = await reportUntil(prompt, 'confirmation', reportPrompt);
    if (answer === undefined) throw new InvokeError(message('notConfirmed'), { declined: 'confirmation' });
    if (answer !== save) return false;
  }
  if (!(await document.save())) throw new InvokeError(message('payloadNotSaved', labelOf(document.uri)));
  return true;
}

/** Reads the payload: the file on disk, saved first depending on the setting, or the text of an untitled editor. */
export async function readPayload(
  source: PayloadSource,
  reportPrompt: ReportPrompt = () => undefined,
): Promise<Payload> {
  if (source.kind === 'none') return { bytes: new Uint8Array(), notes: [] };
  if (source.kind === 'typed') return { bytes: new TextEncoder().encode(source.text), notes: [] };
  const uri = vscode.Uri.parse(source.uri);
  const document = openDocument(uri);
  await refuseCredentials(uri);
  if (uri.scheme === 'untitled') {
    if (document === undefined) throw missing(uri, vscode.l10n.t('the editor was closed'));
    return toPayload(new TextEncoder().encode(document.getText()));
  }
  const isAsShown = document?.isDirty === true ? await saveFirst(document, reportPrompt) : true;
  const payload = toPayload(await readFile(uri));
  return isAsShown ? payload : { ...payload, notes: [...payload.notes, message('unsavedNotSent')] };
}

/** The order with the text of an untitled editor as it was sent, because VS Code reuses its name. */
export function keepText({ order, result: { sent } }: EndedInvocation): InvocationOrder {
  const { payload } = order.invocation;
  if (payload.kind !== 'file' || !isUntitled(payload.uri)) return order;
  const document = openDocument(vscode.Uri.parse(payload.uri));
  const text = sent === undefined ? document?.getText() : new TextDecoder().decode(sent);
  if (text === undefined) return order;
  return { ...order, invocation: { ...order.invocation, payload: { kind: 'typed', text } } };
}

/** Warnings about a valid payload. */
function warningsOf(bytes: Uint8Array): Message[] {
  return bytes.byteLength > MAX_LOOKED_THROUGH ? [] : payloadWarnings(new TextDecoder().decode(bytes));
}

/** The state of a payload file for the form: its size and problems. */
export async function describePayloadFile(uri: vscode.Uri): Promise<PayloadFileView> {
  const view = { uri: uri.toString(), label: labelOf(uri) };
  const document = openDocument(uri);
  try {
    await refuseCredentials(uri);
    if (document === undefined) {
      const stats = await vscode.workspace.fs.stat(uri);
      const { size } = stats;
      if (isRegularFile(stats) && size > LIMITS.synchronousPayload) return { ...view, byteLength: size };
    }
    const isShown = document !== undefined && (document.isDirty || document.isUntitled);
    const bytes = isShown ? new TextEncoder().encode(document.getText()) : await readFile(uri);
    const payload = toPayload(bytes);
    const problem = validatePayload(payload.bytes, 'RequestResponse');
    const { byteLength } = payload.bytes;
    if (problem !== undefined) return { ...view, byteLength, problem };
    const warnings = [...payload.notes.filter(({ code }) => code === 'bomDropped'), ...warningsOf(payload.bytes)];
    return { ...view, byteLength, ...(warnings.length > 0 && { warnings }) };
  } catch (error) {
    return { ...view, problem: (isInvokeError(error) ? error : missing(uri, error)).reason };
  }
}
