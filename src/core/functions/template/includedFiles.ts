import { message, type Message } from '../../messages/messages.ts';
import { parseDotenv } from './dotenvFile.ts';
import type { WorkBudget } from '../../async/workBudget.ts';
import { normalizedPath, pathBeside } from './templatePath.ts';
import { parseTemplateTree, type TemplateTree } from './yamlTree.ts';

/** The maximum number of files that a template can include. Others are treated as missing. */
const MAX_INCLUDED_FILES = 500;

/** The content of an included file: values with lines, or plain text. */
export type IncludedFile =
  | { readonly kind: 'values'; readonly path: string; readonly root: unknown; readonly tree: TemplateTree }
  | { readonly kind: 'text'; readonly text: string }
  /** A JavaScript or TypeScript file, which isn't run. */
  | { readonly kind: 'code' }
  /** A file that doesn't exist, can't be read, or isn't in the workspace. */
  | { readonly kind: 'missing' }
  | { readonly kind: 'invalid'; readonly problem: Message }
  /** A file that the caller hasn't read yet. */
  | { readonly kind: 'needed' };

/** A 1-based line in a file. The path is relative to the workspace folder. */
export interface SourceLocation {
  readonly file: string;
  readonly line: number;
}

/** The files that a template includes, and those that the caller still has to read. */
export interface IncludedFiles {
  readonly read: (path: string) => IncludedFile;
  /** The values of a `.env` file. Undefined if it doesn't exist, or if the caller hasn't read it yet. */
  readonly readDotenv: (path: string) => ReadonlyMap<string, string> | undefined;
  /** The path of a file for messages, relative to the workspace folder. */
  readonly labelOf: (path: string) => string;
  /** Relative to the template's folder, with `/`. */
  readonly needed: () => readonly string[];
  /** The first use of a text in the template or in an included file. */
  readonly locationOf: (text: string) => SourceLocation;
}

/** A template, with the files that the caller has read so far. */
export interface IncludingTemplate {
  readonly file: string;
  readonly text: string;
  readonly files?: ReadonlyMap<string, string | null>;
}

function extensionOf(path: string): string {
  const name = path.slice(path.lastIndexOf('/') + 1);
  const dot = name.lastIndexOf('.');
  return dot <= 0 ? '' : name.slice(dot + 1).toLowerCase();
}

/** The 1-based number of the first line that contains a text outside of a comment. */
function lineOfText(fileText: string, text: string): number | undefined {
  for (let at = fileText.indexOf(text); at !== -1; at = fileText.indexOf(text, at + text.length)) {
    const lineStart = fileText.lastIndexOf('\n', at) + 1;
    if (!fileText.slice(lineStart, at).trimStart().startsWith('#')) return fileText.slice(0, at).split('\n').length;
  }
  return undefined;
}

/** Reads files that a template includes, each once. `read` throws WorkBudgetExceeded. */
export function createIncludedFiles({ file, text, files }: IncludingTemplate, budget: WorkBudget): IncludedFiles {
  const known = new Map<string, IncludedFile>();
  const dotenvs = new Map<IncludedFile, ReadonlyMap<string, string>>();
  const needed = new Set<string>();
  const labelOf = (path: string) => pathBeside(file, path);

  function parse(path: string, content: string): IncludedFile {
    if (!['yml', 'yaml', 'json', 'tfstate'].includes(extensionOf(path))) return { kind: 'text', text: content };
    const tree = parseTemplateTree(labelOf(path), content.replace(/^\ufeff/, ''), budget);
    return 'code' in tree
      ? { kind: 'invalid', problem: tree }
      : { kind: 'values', path, root: tree.javaScriptRoot(), tree };
  }

  function readOnce(path: string): IncludedFile {
    if (/^[cm]?[jt]s$/.test(extensionOf(path))) return { kind: 'code' };
    const content = files?.get(path);
    if (content !== undefined) return content === null ? { kind: 'missing' } : parse(path, content);
    if ((files?.size ?? 0) + needed.size >= MAX_INCLUDED_FILES) return { kind: 'missing' };
    needed.add(path);
    return { kind: 'needed' };
  }

  function read(writtenPath: string): IncludedFile {
    budget.step();
    const path = normalizedPath(writtenPath);
    if (path === undefined || path === '') return { kind: 'missing' };
    const included = known.get(path) ?? readOnce(path);
    known.set(path, included);
    return included;
  }

  return {
    labelOf,
    needed: () => [...needed],
    read,
    readDotenv(path) {
      const included = read(path);
      if (included.kind !== 'text') return undefined;
      const values = dotenvs.get(included) ?? parseDotenv(included.text);
      dotenvs.set(included, values);
      return values;
    },
    locationOf(part) {
      const texts = [
        [file, text] as const,
        ...[...known.keys()].map((path) => [labelOf(path), files?.get(path)] as const),
      ];
      for (const [label, content] of texts) {
        if (typeof content !== 'string') continue;
        budget.step(1 + Math.floor(content.length / 1000)); // a problem per variable of a long file
        const line = lineOfText(content, part);
        if (line !== undefined) return { file: label, line };
      }
      return { file, line: 1 };
    },
  };
}

/** Why an included file can't be used. */
export function includedFileProblem(
  included: Exclude<IncludedFile, { kind: 'values' | 'text' | 'needed' }>,
  { location, shownPath }: { readonly location: SourceLocation; readonly shownPath: string },
): Message {
  switch (included.kind) {
    case 'code':
      return message('includedFileIsCode', location.file, location.line, shownPath);
    case 'missing':
      return message('includedFileMissing', location.file, location.line, shownPath);
    case 'invalid':
      return included.problem;
  }
}
