import { homedir } from 'node:os';
import * as vscode from 'vscode';
import { askChoice } from '../ui/ask.ts';
import type { Choice } from '../ui/choice.ts';
import { describeConnection, type Connection, type ConnectionView } from '../../core/connection/connection.ts';
import { importAwsCommand } from '../../core/importExport/awsCommand.ts';
import { importCliInput, toCliInput } from '../../core/importExport/cliInput.ts';
import { toJavaScript, toPython } from '../../core/importExport/exportCode.ts';
import {
  toBashCommand,
  toPowerShellCommand,
  type ExportedInvocation,
  type ExportedPayload,
} from '../../core/importExport/exportCommand.ts';
import type { ImportedInvocation } from '../../core/importExport/importedInvocation.ts';
import type { Draft } from '../../core/invocation/draft.ts';
import { parseLaunchConfigurations } from '../../core/importExport/launchConfigurations.ts';
import type { Invocation, PayloadSource } from '../../core/invocation/invocation.ts';
import { InvokeError, isInvokeError } from '../../core/outcome/invokeError.ts';
import { message } from '../../core/messages/messages.ts';
import type { Services } from '../wiring/services.ts';
import { sentence } from '../ui/localize.ts';
import { notify } from '../notify.ts';
import { readPayload } from '../invoking/payloadFiles.ts';
import { readTextFile } from '../files/textFiles.ts';
import { currentFolder } from '../files/currentFolder.ts';
import { payloadUri } from '../files/payloadPaths.ts';

/** The content for a form. */
export interface FilledDraft {
  readonly draft: Draft;
  /** By default the connection of the window. */
  readonly connection?: Connection;
}

/** The URI of an imported payload file, or undefined for a relative path without an open folder. */
function importedUri(path: string, folder: vscode.WorkspaceFolder | undefined): string | undefined {
  const home = path.replace(/^~(?=[\\/])/, () => homedir());
  const expanded = home.replaceAll('${workspaceFolder}', () => folder?.uri.fsPath ?? '.');
  try {
    return payloadUri(folder === undefined ? {} : { folder }, expanded);
  } catch {
    return undefined;
  }
}

/**
 * Converts an imported invocation to a draft. Notifies what was omitted.
 */
function toFilled(
  { draft, payloadPath, profile, region, endpoint, notes }: ImportedInvocation,
  folder: vscode.WorkspaceFolder | undefined = currentFolder(),
): FilledDraft {
  const payloadFile = payloadPath === undefined ? undefined : importedUri(payloadPath, folder);
  const isLost = payloadPath !== undefined && payloadFile === undefined;
  const all = [...notes, ...(isLost ? [message('payloadFileRelative', payloadPath)] : [])];
  if (all.length > 0) notify('warning', all.map(sentence).join(' '));
  const connection: Connection = {
    kind: 'aws',
    ...(profile !== undefined && { profile }),
    ...(region !== undefined && { region }),
    ...(endpoint !== undefined && { endpoint }),
  };
  const isOwn = profile !== undefined || region !== undefined || endpoint !== undefined;
  return {
    draft: payloadFile === undefined ? draft : { ...draft, payloadKind: 'file', payloadFile },
    ...(isOwn && { connection }),
  };
}

/**
 * Imports an `aws lambda invoke` command or a `--cli-input-json` skeleton. Returns undefined for other text.
 */
export function importText(text: string): FilledDraft | undefined {
  const imported = importAwsCommand(text) ?? importCliInput(text);
  return imported && toFilled(imported);
}

/** Imports the clipboard. Rejects with InvokeError for other text. */
export async function importFromClipboard(): Promise<FilledDraft> {
  const filled = importText(await vscode.env.clipboard.readText());
  if (filled === undefined) throw new InvokeError(message('importNothing'));
  return filled;
}

/** Prompts for an `aws-sam` direct-invoke configuration in the launch.json files of the workspace. */
export async function importLaunchConfiguration(): Promise<FilledDraft | undefined> {
  const unread: InvokeError[] = [];
  const read = (vscode.workspace.workspaceFolders ?? []).map(async (folder) => {
    const text = await readTextFile(vscode.Uri.joinPath(folder.uri, '.vscode/launch.json')).catch((error: unknown) => {
      if (isInvokeError(error)) unread.push(error); // still offer configurations of the other folders
      return undefined;
    });
    const found = text === undefined ? [] : parseLaunchConfigurations(text);
    return found.map(({ name, imported }) => ({ label: name, description: folder.name, imported, folder }));
  });
  const items = (await Promise.all(read)).flat();
  if (items.length === 0) throw unread[0] ?? new InvokeError(message('importNoLaunch'));
  const title = vscode.l10n.t('Import from launch.json');
  const picked = await askChoice(items, { title });
  if (picked === undefined) return undefined;
  const { profile: _, ...imported } = picked.imported;
  // An untrusted workspace must not select credentials.
  return toFilled(vscode.workspace.isTrusted ? picked.imported : imported, picked.folder);
}

interface Format extends Choice {
  /** Missing for the skeleton. */
  readonly text?: (exported: ExportedInvocation) => string;
  /** The maximum size of an inline payload, in bytes. */
  readonly maxLength?: number;
  /** Whether it supports streamed responses. */
  readonly canStream?: boolean;
}

/**
 * Linux allows 131,071 bytes per argument, Windows 32,767 characters per command line. Base64 adds a third.
 */
const MAX_BASH = 120_000;
const MAX_POWERSHELL = 20_000;

const FORMATS: readonly Format[] = [
  { label: 'AWS CLI (bash)', text: toBashCommand, maxLength: MAX_BASH },
  { label: 'AWS CLI (PowerShell)', text: toPowerShellCommand, maxLength: MAX_POWERSHELL },
  {
    label: 'Skeleton (--cli-input-json)',
    detail: 'Input of the Invoke API as JSON with base64 blobs. "aws lambda invoke" doesn\'t support this option.',
  },
  { label: 'JavaScript (@aws-sdk/client-lambda)', text: toJavaScript, canStream: true },
  { label: 'Python (boto3)', text: toPython, canStream: true },
];

function decodeText(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    throw new InvokeError(message('payloadNotUtf8'), { cause: error });
  }
}

/** Throws InvokeError for a payload that is too long for a command line. */
function mustFit(payload: ExportedPayload, maxLength: number | undefined): void {
  const { byteLength } = new TextEncoder().encode(payload.kind === 'text' ? payload.text : '');
  if (maxLength !== undefined && byteLength > maxLength) throw new InvokeError(message('exportTooLong', byteLength));
}

async function exportedPayload(source: PayloadSource): Promise<ExportedPayload> {
  if (source.kind === 'none') return source;
  const { bytes, notes } = await readPayload(source);
  const uri = source.kind === 'file' ? vscode.Uri.parse(source.uri) : undefined;
  // Inline, because the file has a byte order mark, which isn't sent, or isn't on disk.
  if (uri?.scheme === 'file' && notes.length === 0) return { kind: 'file', path: uri.fsPath };
  if (bytes.byteLength === 0) return { kind: 'none' };
  return { kind: 'text', text: decodeText(bytes) };
}

async function payloadText(source: PayloadSource): Promise<string | undefined> {
  const { bytes } = await readPayload(source);
  return bytes.byteLength === 0 ? undefined : decodeText(bytes);
}

interface ExportOptions {
  readonly describe: (connection: Connection) => Promise<ConnectionView>;
  readonly maxLength: number | undefined;
}

async function toExported(
  invocation: Invocation,
  connection: Connection,
  { describe, maxLength }: ExportOptions,
): Promise<ExportedInvocation> {
  const payload = await exportedPayload(invocation.payload);
  mustFit(payload, maxLength);
  const view = await describe(connection);
  const { profile } = connection.kind === 'aws' ? connection : {};
  const { region, endpoint } = view.kind === 'aws' ? view : {};
  return {
    invocation,
    payload,
    ...(profile !== undefined && { profile }),
    ...(region !== undefined && { region }),
    ...(endpoint !== undefined && { endpoint }),
  };
}

/** Copy As…: copies an invocation as a command or as code, without invoking. */
export function createCopyAs(describe: (connection: Connection) => Promise<ConnectionView>) {
  return async (invocation: Invocation, connection: Connection): Promise<void> => {
    const title = vscode.l10n.t('Copy As');
    const format = await askChoice(FORMATS, { title });
    if (format === undefined) return;
    const text =
      format.text === undefined
        ? toCliInput(invocation, await payloadText(invocation.payload))
        : format.text(await toExported(invocation, connection, { describe, maxLength: format.maxLength }));
    await vscode.env.clipboard.writeText(text);
    const copied = vscode.l10n.t('Copied as {0}.', format.label);
    const isLocal = connection.kind === 'local';
    const local = vscode.l10n.t(
      'The copy calls AWS, because {0} is only available in this extension.',
      describeConnection(connection),
    );
    const isBuffered = invocation.InvokeMode === 'RESPONSE_STREAM' && format.canStream !== true;
    const bufferedNote = vscode.l10n.t("The AWS CLI can't stream responses and returns them buffered.");
    const sentences = [copied, ...(isLocal ? [local] : []), ...(isBuffered ? [bufferedNote] : [])];
    notify('information', sentences.join(' '));
  };
}

/** The API for other features. */
export interface ImportExport {
  copyAs(invocation: Invocation, connection: Connection): Promise<void>;
  importText(text: string): FilledDraft | undefined;
  importFromClipboard(): Promise<FilledDraft>;
  importLaunchConfiguration(): Promise<FilledDraft | undefined>;
}

export function createImportExportCommands({ connections }: Pick<Services, 'connections'>): ImportExport {
  const copyAs = createCopyAs((connection) => connections.describe(connection));
  return { copyAs, importText, importFromClipboard, importLaunchConfiguration };
}
