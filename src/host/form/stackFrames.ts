import { originalPositionFor, TraceMap } from '@jridgewell/trace-mapping';
import * as vscode from 'vscode';
import { askChoice } from '../ui/ask.ts';
import { inlineSourceMap, sourceMapName } from '../../core/outcome/sourceMapName.ts';
import { hasPosition } from '../../core/outcome/textPosition.ts';
import { isRegularFile, readWorkspaceFile } from '../files/readWorkspaceFile.ts';
import { relativeToTaskRoot, parseStackFrame, type StackFrame } from '../../core/outcome/stackFrames.ts';
import type { FrameLink } from '../../protocol/messages.ts';

/** A stack frame with its locations. Several if multiple files have the name. */
export interface FoundFrame extends FrameLink {
  readonly places: readonly vscode.Location[];
}

/** The maximum number of frames to look up. */
const MAX_FRAMES = 50;
/** More files with the same name, such as index.js, are not a useful match. */
const MAX_FILES = 100;
/** Larger compiled files and source maps aren't read. In bytes. */
const MAX_MAP_BYTES = 33_554_432;

type Place = Pick<StackFrame, 'line' | 'column'>;

const COMPILED = /\.[cm]?js$/;
const BUILD_FOLDER = /\/(\.aws-sam|cdk\.out|\.serverless|\.esbuild|\.build)\//;

async function isFile(uri: vscode.Uri): Promise<boolean> {
  try {
    return isRegularFile(await vscode.workspace.fs.stat(uri));
  } catch {
    return false;
  }
}

async function readText(uri: vscode.Uri): Promise<string | undefined> {
  try {
    return new TextDecoder().decode(await readWorkspaceFile(uri, MAX_MAP_BYTES));
  } catch {
    return undefined;
  }
}

/** Files of the workspace whose path ends like the frame's. Copies in build folders are used only without others. */
async function findFiles(path: string): Promise<vscode.Uri[]> {
  const below = relativeToTaskRoot(path);
  if (below.split('/').includes('..')) return []; // never outside of the workspace
  const isAbsolute = /^(\/|[A-Za-z]:)/.test(below);
  if (isAbsolute) {
    const uri = vscode.Uri.file(below);
    const isOurs = vscode.workspace.getWorkspaceFolder(uri) !== undefined;
    return isOurs && (await isFile(uri)) ? [uri] : [];
  }
  for (const { uri } of vscode.workspace.workspaceFolders ?? []) {
    const exact = vscode.Uri.joinPath(uri, below);
    if (await isFile(exact)) return [exact];
  }
  const name = below.split('/').at(-1) ?? '';
  const escaped = name.replaceAll(/[[\]{}*?]/g, '[$&]');
  const named = await vscode.workspace.findFiles(`**/${escaped}`, '**/node_modules/**', MAX_FILES);
  const found = named.filter((uri) => uri.path.endsWith(`/${below}`));
  const written = found.filter((uri) => !BUILD_FOLDER.test(uri.path));
  return written.length > 0 ? written : found;
}

interface FoundMap {
  readonly map: TraceMap;
  readonly base: vscode.Uri;
}

/** Reads each file once per stack. */
interface StackFiles {
  readonly text: (uri: vscode.Uri) => Promise<string | undefined>;
  readonly map: (uri: vscode.Uri) => Promise<FoundMap | undefined>;
}

function once<T>(read: (uri: vscode.Uri) => Promise<T>): (uri: vscode.Uri) => Promise<T> {
  const known = new Map<string, Promise<T>>();
  return (uri) => {
    const key = uri.toString();
    const own = known.get(key) ?? read(uri);
    known.set(key, own);
    return own;
  };
}

function createStackFiles(): StackFiles {
  const text = once(readText);
  return { text, map: once((uri) => readMap(uri, text)) };
}

/** The source map of a compiled file: inline, referenced, or next to it. Rejects if it is invalid. */
async function readMap(file: vscode.Uri, read: StackFiles['text']): Promise<FoundMap | undefined> {
  const text = await read(file);
  const named = (text && sourceMapName(text)) ?? `${file.path.split('/').at(-1)}.map`;
  const inline = inlineSourceMap(named);
  const base = inline === undefined ? vscode.Uri.joinPath(file, '..', named) : file;
  const json = inline === undefined ? await read(base) : Buffer.from(inline, 'base64').toString('utf8');
  return json === undefined ? undefined : { map: new TraceMap(json), base };
}

function locationAt(uri: vscode.Uri, line = 1, column = 1): vscode.Location {
  return new vscode.Location(uri, new vscode.Position(Math.max(0, line - 1), Math.max(0, column - 1)));
}

/** The location if it exists in the file. Not checked for large files. */
async function existingPlace(
  uri: vscode.Uri,
  place: Place,
  read: StackFiles['text'],
): Promise<vscode.Location | undefined> {
  const text = await read(uri);
  return text === undefined || hasPosition(text, place) ? locationAt(uri, place.line, place.column) : undefined;
}

/**
 * The source location of a location in a compiled file, if it is mapped and the source exists. Throws for an invalid
 * map, which is decoded lazily.
 */
async function originalPlace(
  file: vscode.Uri,
  { line = 1, column = 1 }: Place,
  read: StackFiles,
): Promise<vscode.Location | undefined> {
  if (!COMPILED.test(file.path)) return undefined;
  const found = await read.map(file);
  if (found === undefined) return undefined;
  const original = originalPositionFor(found.map, { line, column: Math.max(0, column - 1) });
  if (original.source === null) return undefined;
  const path = original.source.replace(/^webpack:\/\/[^/]*\//, '').replace(/^file:\/\//, '');
  const beside = path.startsWith('/') ? vscode.Uri.file(path) : vscode.Uri.joinPath(found.base, '..', path);
  const isBeside = vscode.workspace.getWorkspaceFolder(beside) !== undefined && (await isFile(beside));
  const [source] = isBeside ? [beside] : await findFiles(path.replace(/^(\.\.?\/)+/, ''));
  return source && existingPlace(source, { line: original.line, column: original.column + 1 }, read.text);
}

async function placesOf(frame: StackFrame, read: StackFiles): Promise<vscode.Location[]> {
  const files = await findFiles(frame.path);
  const found = await Promise.all(
    files.map(
      async (file) =>
        // An invalid source map only affects its own frames.
        (await originalPlace(file, frame, read).catch(() => undefined)) ?? existingPlace(file, frame, read.text),
    ),
  );
  const places = found.filter((place) => place !== undefined);
  return places.filter(
    (place, at) => places.findIndex((other) => other.uri.toString() === place.uri.toString()) === at,
  );
}

/** The label of a location: `src/app.ts:12`. */
function placeLabel({ uri, range }: vscode.Location): string {
  return `${vscode.workspace.asRelativePath(uri)}:${range.start.line + 1}`;
}

/**
 * Finds the stack frames in the workspace. `/var/task/…` can be any folder of the workspace, and source maps map
 * compiled JavaScript to its source. Only reads files.
 */
export async function findFrames(lines: readonly string[]): Promise<FoundFrame[]> {
  const found: FoundFrame[] = [];
  const known = new Map<string, Promise<vscode.Location[]>>();
  const read = createStackFiles();
  for (const [line, text] of lines.entries()) {
    const frame = parseStackFrame(text);
    if (frame === undefined) continue;
    const key = `${frame.path}:${frame.line ?? ''}:${frame.column ?? ''}`;
    // Includes frames of libraries, whose lookup also takes time.
    if (!known.has(key) && known.size >= MAX_FRAMES) continue;
    // An error in one frame doesn't affect the others.
    const looked = known.get(key) ?? placesOf(frame, read).catch(() => []);
    known.set(key, looked);
    const places = await looked;
    const [first] = places;
    if (first === undefined) continue;
    const label = places.length === 1 ? placeLabel(first) : vscode.l10n.t('{0} files with this name', places.length);
    found.push({ line, label, start: frame.start, end: frame.end, places });
  }
  return found;
}

/** Opens the location of a frame. Prompts if there are several. */
export async function openFrame({ places }: FoundFrame): Promise<void> {
  const [only] = places;
  const picked =
    places.length === 1
      ? only
      : (
          await askChoice(
            places.map((place) => ({ label: placeLabel(place), place })),
            { placeHolder: vscode.l10n.t("Several files have this name. Select the function's file.") },
          )
        )?.place;
  if (picked === undefined) return;
  await vscode.window.showTextDocument(picked.uri, {
    selection: picked.range,
    viewColumn: vscode.ViewColumn.Beside,
    preview: true,
  });
}
