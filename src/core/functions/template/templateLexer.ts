import { Lexer } from 'yaml';

/**
 * Which lines with too little indentation are accepted: `any` line in a flow collection or quoted scalar, or only
 * `closing` brackets.
 */
export type Outdent = 'any' | 'closing';

const CLOSING_BRACKETS = [']', '}'];

/**
 * Creates a lexer that ignores indentation in flow collections and quoted scalars, as CloudFormation does. The library's
 * lexer follows the YAML specification, which requires more indentation than that of the parent: a `}` below the `- ` or
 * key of its `{` is an error. This uses private fields of the lexer, each covered by a test.
 */
export function createTemplateLexer(outdent: Outdent): Lexer {
  const lexer = new Lexer();
  let indentNext = 0;
  let isInQuotes = false;
  const ignoresIndentation = () => {
    if (Number(Reflect.get(lexer, 'flowLevel')) === 0) return isInQuotes;
    if (outdent === 'any') return true;
    const next = String(Reflect.get(lexer, 'buffer'))[Number(Reflect.get(lexer, 'pos'))] ?? '';
    return CLOSING_BRACKETS.includes(next);
  };
  Object.defineProperty(lexer, 'indentNext', {
    get: () => (ignoresIndentation() ? 0 : indentNext),
    set: (indent: number) => {
      indentNext = indent;
    },
  });
  if (outdent === 'closing') return lexer;
  const parseQuotedScalar = Reflect.get(lexer, 'parseQuotedScalar') as () => Iterable<unknown>;
  Object.defineProperty(lexer, 'parseQuotedScalar', {
    *value() {
      isInQuotes = true;
      const next: unknown = yield* parseQuotedScalar.call(lexer);
      isInQuotes = false;
      return next;
    },
  });
  return lexer;
}
