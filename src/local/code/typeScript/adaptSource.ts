import type { Source } from './compiler.ts';
import { IMPORT_META } from './program.ts';
import { applyEdits, tokensOf, type Edit, type Token } from './tokens.ts';

const IMPORT_META_PATTERN = /\bimport\.meta\b/g;
/** The new name of a `require` that a module creates. */
const OWN_REQUIRE = 'requir$$';

/** Whether a token is a property, such as `a.require`, or a key. */
function isProperty(tokens: readonly Token[], index: number): boolean {
  return /^\??\.$/.test(tokens[index - 1]?.text ?? '') || (tokens[index + 1]?.text === ':' && isKey(tokens, index));
}

/** Whether a name before a colon follows `{` or `,`: it isn't an operand of `?:`. */
function isKey(tokens: readonly Token[], index: number): boolean {
  return /^[{,]$/.test(tokens[index - 1]?.text ?? '');
}

function editsOf(tokens: readonly Token[], hasOwnRequire: boolean): Edit[] {
  return tokens.flatMap(({ text, start }, index): Edit[] => {
    if (text === 'import' && tokens[index + 1]?.text === '.' && tokens[index + 2]?.text === 'meta')
      return [{ start, end: (tokens[index + 2]?.start ?? 0) + 'meta'.length, text: IMPORT_META }];
    if (!hasOwnRequire || text !== 'require' || isProperty(tokens, index)) return [];
    return [{ start, end: start + text.length, text: OWN_REQUIRE }];
  });
}

/**
 * Renames what would conflict with CommonJS: `import.meta`, and a `require` that an ES module creates with createRequire.
 * The new names have the same length. Also comments out `#!`, which is only valid at the start of a program.
 */
export async function adaptSource({ file, text: written }: Source): Promise<string> {
  const source = written.replace(/^(\uFEFF?)#!/, '$1//');
  const hasOwnRequire = /\bconst require = /.test(source);
  if (!hasOwnRequire && source.search(IMPORT_META_PATTERN) === -1) return source;
  const tokens = await tokensOf(file, source);
  if (tokens !== undefined) return applyEdits(source, editsOf(tokens, hasOwnRequire));
  const adapted = source.replaceAll(IMPORT_META_PATTERN, IMPORT_META);
  return hasOwnRequire ? adapted.replaceAll(/(?<![.\w$])require\b/g, () => OWN_REQUIRE) : adapted;
}
