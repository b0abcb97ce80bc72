import { Lexer } from 'yaml';

/**
 * Which lines with too little indentation are accepted: `any` inside of flow collections and quoted texts, or only
 * `closing` brackets.
 */
export type Outdent = 'any' | 'closing';

const CLOSING_BRACKETS = [']', '}'];

/**
 * Creates a lexer that accepts what CloudFormation accepts, whose parsers ignore indentation in flow collections and
 * quoted texts. The library's own lexer follows the YAML specification, which requires more than the indentation of the
 * parent: there, a `}` below the `- ` or key of its `{` is an error. Its fields are private, so a test covers each.
 */
export function createTemplateLexer(outdent: Outdent): Lexer {
  const lexer = new Lexer();
  let indentNext = 0;
  let isInQuotes = false;
  const isFree = () => {
    if (Number(Reflect.get(lexer, 'flowLevel')) === 0) return isInQuotes;
    if (outdent === 'any') return true;
    const next = String(Reflect.get(lexer, 'buffer'))[Number(Reflect.get(lexer, 'pos'))] ?? '';
    return CLOSING_BRACKETS.includes(next);
  };
  Object.defineProperty(lexer, 'indentNext', {
    get: () => (isFree() ? 0 : indentNext),
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
