import { basename, dirname, relative } from 'node:path';
import { message, type Message } from '../../core/messages/messages.ts';
import { readTemplate, type TemplateSource } from '../../core/functions/template/readTemplate.ts';
import { isServerlessCode, serverlessCodeProblem } from '../../core/functions/template/serverlessCode.ts';
import type { TemplateFunctions } from '../../core/functions/template/templateFunction.ts';
import { containedPath } from './containedPath.ts';
import { readRegularFile, statRegularFile } from './readRegularFile.ts';
import { untilSlice } from './search/pacing.ts';
import { watchPath } from './watching/watchPath.ts';
import type { WatchFolder } from './watching/watchSet.ts';

/** A parsed template of the workspace. The same object as long as the files it was read from are unchanged. */
export interface TemplateFile extends TemplateFunctions {
  /** The file system path. */
  readonly path: string;
  readonly folder: string;
  /** The paths of the template and of the files it names. Some may not exist. */
  readonly files: readonly string[];
}

/** A template in a workspace folder, with the values of the stack that includes it. */
export interface TemplateLocation {
  /** The workspace folder. */
  readonly root: string;
  readonly path: string;
  readonly parameters?: Readonly<Record<string, unknown>>;
  /** The folder below which the path of the template is watched. */
  readonly base: string;
}

/** The maximum size of a template, and of a file that it includes, in bytes. */
const MAX_BYTES = 10_000_000;
const MAX_INCLUDED_BYTES = 1_000_000;
/** How often a template is read again because it names more files, and how many files it can name. */
const MAX_ROUNDS = 20;
const MAX_FILES = 500;
/** The timeout for parsing one template in milliseconds, in addition to the parser's own limits. */
const MAX_READ_MS = 20_000;

const NONE = { functions: [], nestedStacks: [], neededFiles: [] };

/** A file that the result depends on, and its state when it was read. */
type Stamps = Map<string, string>;

interface Reading {
  readonly stamps: Stamps;
  readonly file: TemplateFile;
}

async function stampOf(path: string, maxBytes: number): Promise<string> {
  const status = await statRegularFile({ path, label: path, maxBytes });
  return status.kind === 'regular' ? status.stamp : status.kind;
}

async function isUnchanged({ stamps }: Reading, templatePath: string): Promise<boolean> {
  const checks = [...stamps].map(async ([path, stamp]) => {
    const maxBytes = path === templatePath ? MAX_BYTES : MAX_INCLUDED_BYTES;
    return stamp === (await stampOf(path, maxBytes));
  });
  return (await Promise.all(checks)).every(Boolean);
}

/** Reads the text of a template and of the files it names, until it names no more. */
async function readWithFiles(
  { root, path, parameters }: TemplateLocation,
  { text, stamps, watch }: { readonly text: string; readonly stamps: Stamps; readonly watch: WatchFolder },
): Promise<TemplateFunctions> {
  const folder = dirname(path);
  const files = new Map<string, string | null>();

  async function readNeeded(name: string): Promise<void> {
    const needed = await containedPath(root, folder, name);
    if (needed === undefined) return void files.set(name, null);
    await watchPath(needed, folder, watch);
    stamps.set(needed, await stampOf(needed, MAX_INCLUDED_BYTES));
    const read = await readRegularFile({ path: needed, label: name, maxBytes: MAX_INCLUDED_BYTES });
    files.set(name, read.kind === 'text' ? read.text : null);
  }

  function parse(): TemplateFunctions {
    const now = () => performance.now();
    const source: TemplateSource = {
      file: relative(root, path),
      text,
      files,
      shell: process.env,
      deadline: { now, at: now() + MAX_READ_MS },
      ...(parameters !== undefined && { parameters }),
    };
    return readTemplate(source);
  }

  await untilSlice();
  let result = parse();
  for (let round = 1; round < MAX_ROUNDS && result.neededFiles.length > 0; round++) {
    const names = result.neededFiles.filter((name) => !files.has(name)).slice(0, MAX_FILES - files.size);
    if (names.length === 0) break;
    for (const name of names) await readNeeded(name);
    await untilSlice();
    result = parse();
  }
  if (result.neededFiles.length === 0) return result;
  const problem = message('tooManyIncludedFiles', relative(root, path), MAX_FILES);
  return { ...result, problems: [...result.problems, problem] };
}

/** Code isn't run to find out which functions it configures. */
function readCode(label: string, text: string): TemplateFunctions {
  const problem = serverlessCodeProblem(label, text);
  return { ...NONE, problems: problem === undefined ? [] : [problem] };
}

/**
 * Returns a function that reads a template and the files it names in the workspace folder, and caches the result as long
 * as all of them are unchanged. Watches what it reads. Undefined if the template doesn't exist. It never rejects.
 */
export function createTemplateReader(
  location: TemplateLocation,
): (watch: WatchFolder) => Promise<TemplateFile | undefined> {
  const { root, path, base } = location;
  const folder = dirname(path);
  const source = { path, label: relative(root, path), maxBytes: MAX_BYTES };
  const withProblem = (problem: Message): TemplateFile => ({
    path,
    folder,
    files: [path],
    ...NONE,
    problems: [problem],
  });
  let last: Reading | undefined;
  return async (watch) => {
    await watchPath(path, base, watch);
    if (last !== undefined && (await isUnchanged(last, path))) {
      for (const other of last.stamps.keys()) if (other !== path) await watchPath(other, folder, watch);
      if (await isUnchanged(last, path)) return last.file;
    }
    last = undefined;
    const stamps: Stamps = new Map([[path, await stampOf(path, MAX_BYTES)]]);
    const read = await readRegularFile(source);
    if (read.kind === 'missing') return undefined;
    if (read.kind === 'problem') return withProblem(read.problem);
    const result = isServerlessCode(basename(path))
      ? readCode(source.label, read.text)
      : await readWithFiles(location, { text: read.text, stamps, watch });
    last = { stamps, file: { path, folder, files: [...stamps.keys()], ...result } };
    return last.file;
  };
}
