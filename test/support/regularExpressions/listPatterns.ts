import { readdir, readFile } from 'node:fs/promises';
import { parseSync, Visitor } from 'oxc-parser';

/** A regular expression in the source code. */
export interface Pattern {
  readonly file: string;
  readonly line: number;
  readonly source: string;
  readonly flags: string;
}

/** Patterns, and the expressions that are built at run time and therefore unknown. */
export interface PatternList {
  readonly patterns: readonly Pattern[];
  readonly unknown: readonly string[];
}

/** String methods that convert their argument to a regular expression. */
const PATTERN_METHODS = new Set(['match', 'matchAll', 'search']);

/** The regular expressions in a TypeScript file. */
export function patternsOf(file: string, text: string): PatternList {
  const patterns: Pattern[] = [];
  const unknown: string[] = [];
  const constants = new Set<string>();
  const { program, errors } = parseSync(file, text);
  if (errors.length > 0) throw new Error(`${file}: ${errors[0]?.message ?? ''}`);
  const locationOf = (offset: number) => `${file}:${text.slice(0, offset).split('\n').length}`;
  const reportUnknown = ({ start, end }: { start: number; end: number }) =>
    unknown.push(`${locationOf(start)} ${text.slice(start, end)}`);
  const reportConstructor = (node: { callee: { type: string; name?: unknown }; start: number; end: number }) => {
    if (node.callee.type === 'Identifier' && node.callee.name === 'RegExp') reportUnknown(node);
  };
  new Visitor({
    VariableDeclarator({ id, init }) {
      if (id.type === 'Identifier' && init?.type === 'Literal' && 'regex' in init) constants.add(id.name);
    },
  }).visit(program);
  new Visitor({
    Literal(node) {
      if (!('regex' in node)) return;
      const { pattern: source, flags } = node.regex;
      patterns.push({ file, line: Number(locationOf(node.start).split(':').at(-1)), source, flags });
    },
    NewExpression: reportConstructor,
    CallExpression(node) {
      reportConstructor(node);
      const { callee } = node;
      const [argument] = node.arguments;
      if (callee.type !== 'MemberExpression' || callee.property.type !== 'Identifier') return;
      if (!PATTERN_METHODS.has(callee.property.name) || argument === undefined) return;
      const isKnown =
        (argument.type === 'Literal' && 'regex' in argument) ||
        (argument.type === 'Identifier' && constants.has(argument.name));
      if (!isKnown) reportUnknown(node);
    },
  }).visit(program);
  return { patterns, unknown };
}

/** `pattern` and the keys of `patternProperties` in a JSON schema, at any depth. */
function schemaPatterns(file: string, value: unknown): Pattern[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, child]: [string, unknown]) => {
    const isNames = key === 'patternProperties' && typeof child === 'object' && child !== null;
    const sources = key === 'pattern' && typeof child === 'string' ? [child] : isNames ? Object.keys(child) : [];
    return [...sources.map((source) => ({ file, line: 1, source, flags: 'u' })), ...schemaPatterns(file, child)];
  });
}

/** The regular expressions in src, webview, the schema and package.json. */
export async function listPatterns(): Promise<PatternList> {
  const lists: PatternList[] = [];
  for (const folder of ['src', 'webview', 'media', '.']) {
    const names = await readdir(folder, { recursive: folder !== '.' });
    for (const name of names) {
      const file = `${folder}/${name}`.replaceAll('\\', '/');
      if (folder === '.' && name !== 'package.json') continue;
      if (/\.[cm]?[jt]sx?$/.test(name)) lists.push(patternsOf(file, await readFile(file, 'utf8')));
      else if (name.endsWith('.json')) {
        const patterns = schemaPatterns(file, JSON.parse(await readFile(file, 'utf8')));
        lists.push({ patterns, unknown: [] });
      } else if (name.endsWith('.py') && /^\s*(import|from) re\b/m.test(await readFile(file, 'utf8')))
        lists.push({ patterns: [], unknown: [`${file} uses re`] });
    }
  }
  return {
    patterns: lists.flatMap(({ patterns }) => patterns),
    unknown: lists.flatMap(({ unknown }) => unknown),
  };
}
