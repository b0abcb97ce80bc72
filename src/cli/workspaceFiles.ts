import { statSync } from 'node:fs';
import { realpath, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import * as path from 'node:path';
import { fileURLToPath } from 'node:url';
import { isCredentialsFile } from '../app/credentialFiles.ts';
import { isPatterns, patternsOf } from '../core/connection/confirmPatterns.ts';
import { toPayload, type Payload } from '../core/invocation/payload.ts';
import type { PayloadSource } from '../core/invocation/invocation.ts';
import { isRecord } from '../core/json/isRecord.ts';
import { parseJsonc } from '../core/json/parseJsonc.ts';
import { message } from '../core/messages/messages.ts';
import { InvokeError } from '../core/outcome/invokeError.ts';
import { parsePresetsFile, presetsFileError, type PresetsFile } from '../core/presets/presetsFile.ts';
import { decodePresets } from '../core/presets/readPresetsFile.ts';
import { readRegularBytes } from '../local/workspace/readRegularFile.ts';
import { sentenceOf } from './sentenceOf.ts';
import { UsageError } from './usageError.ts';

/** The presets of a folder, relative to it. */
export const PRESETS_PATH = '.vscode/lambda-invoke.json';
const SETTINGS_PATH = '.vscode/settings.json';

/** Larger files in `.vscode` aren't read. In bytes. */
const MAX_PRESETS_BYTES = 10_000_000;

/** Far above the payload limits of Lambda. In bytes. */
const MAX_PAYLOAD_BYTES = 64_000_000;

/** Reads a file in `.vscode`. Undefined if it doesn't exist. Rejects with InvokeError if it can't be read. */
async function readFile(file: string, label: string): Promise<Uint8Array | undefined> {
  const read = await readRegularBytes({ path: file, label, maxBytes: MAX_PRESETS_BYTES });
  if (read.kind === 'problem') throw new InvokeError(read.problem);
  return read.kind === 'bytes' ? read.bytes : undefined;
}

/** The absolute path of the workspace folder. Throws UsageError if it doesn't exist. */
export function workspaceFolder(option: string): string {
  const folder = path.resolve(option);
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) throw new UsageError(`Folder not found: ${folder}.`);
  return folder;
}

/** The presets of a workspace. */
export interface WorkspacePresets {
  /** Missing if there is no presets file. */
  readonly text?: string;
  readonly file: PresetsFile;
  /** The patterns that require confirmation, from the presets file and the workspace settings of VS Code. */
  readonly confirm: readonly string[];
}

/** The patterns in a file. Throws UsageError for anything else: it could be a typo of a pattern. */
function patternsIn(text: string, key: string, label: string): string[] {
  const content = parseJsonc(text);
  const value = isRecord(content) ? content[key] : undefined;
  if (!isPatterns(value)) throw new UsageError(`"${key}" in ${label} must be an array of strings.`);
  return patternsOf(value);
}

/** The patterns of `lambdaInvoke.confirm` in the workspace settings, which VS Code uses as well. */
async function settingsConfirm(folder: string): Promise<string[]> {
  const bytes = await readFile(path.join(folder, SETTINGS_PATH), SETTINGS_PATH);
  return patternsIn(new TextDecoder().decode(bytes), 'lambdaInvoke.confirm', SETTINGS_PATH);
}

/** Reads the presets of a workspace. Throws UsageError for a file that can't be read: it could protect a function. */
export async function readPresets(folder: string): Promise<WorkspacePresets> {
  const bytes = await readFile(path.join(folder, PRESETS_PATH), PRESETS_PATH);
  const ofSettings = await settingsConfirm(folder);
  const text = decodePresets(bytes ?? new Uint8Array(), PRESETS_PATH).text;
  const error = presetsFileError(text, PRESETS_PATH);
  if (error !== undefined) throw new UsageError(sentenceOf(error));
  const file = parsePresetsFile(text, PRESETS_PATH);
  // Parsing a large file takes most of the time to read it.
  const ofPresets = text.includes('"confirm"') ? patternsIn(text, 'confirm', PRESETS_PATH) : [];
  return { ...(bytes !== undefined && { text }), file, confirm: [...ofPresets, ...ofSettings] };
}

/** The path of a payload file that is named by a path relative to the folder, an absolute path, or a file URL. */
export function payloadPath(folder: string, name: string): string {
  if (name.startsWith('file://')) return fileURLToPath(name);
  if (/^[a-z][\w+.-]+:\/\//i.test(name)) throw new InvokeError(message('payloadMissing', name, 'unsupported URL'));
  return path.resolve(folder, name);
}

function payloadTooLarge(label: string): InvokeError {
  return new InvokeError(message('cliPayloadTooLarge', label, MAX_PAYLOAD_BYTES / 1_000_000));
}

/** Reads stdin, which might never end. Rejects with InvokeError. */
async function readStdin(stdin: NodeJS.ReadStream): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of stdin) {
    length += (chunk as Buffer).byteLength;
    if (length > MAX_PAYLOAD_BYTES) throw payloadTooLarge('stdin');
    chunks.push(chunk as Buffer);
  }
  return Buffer.concat(chunks);
}

/** Reads the payload. `uri` of a file is its path, or `-` for stdin. Rejects with InvokeError. */
export async function readPayload(
  source: PayloadSource,
  { environment, stdin }: { readonly environment: NodeJS.ProcessEnv; readonly stdin: NodeJS.ReadStream },
): Promise<Payload> {
  if (source.kind === 'none') return { bytes: new Uint8Array(), notes: [] };
  if (source.kind === 'typed') return { bytes: new TextEncoder().encode(source.text), notes: [] };
  const { uri: file } = source;
  if (file === '-') return toPayload(await readStdin(stdin));
  const label = path.relative('', file) || file;
  if (await isCredentialsFile(file, environment, { path, homedir, realpath, stat }))
    throw new InvokeError(message('variableSecret', label));
  const read = await readRegularBytes({ path: file, label, maxBytes: MAX_PAYLOAD_BYTES });
  if (read.kind === 'missing') throw new InvokeError(message('payloadMissing', label, 'file not found'));
  if (read.kind === 'bytes') return toPayload(read.bytes);
  throw read.problem.code === 'fileTooLarge' ? payloadTooLarge(label) : new InvokeError(read.problem);
}
