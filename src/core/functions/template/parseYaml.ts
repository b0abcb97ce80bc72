import { Composer, LineCounter, Parser, type Document } from 'yaml';
import { createTemplateLexer, type Outdent } from './templateLexer.ts';
import type { WorkBudget } from '../../async/workBudget.ts';

/** The first syntax error of a YAML text. The offset is in UTF-16 units. */
interface YamlSyntaxError {
  readonly offset: number;
  readonly text: string;
}

/** The first document of a YAML text, or its syntax error. */
export interface YamlText {
  readonly document: Document | undefined;
  readonly lines: LineCounter;
  readonly syntaxError?: YamlSyntaxError;
}

class ParseAborted extends Error {}

type ErrorPosition = number | readonly [number, ...number[]] | { readonly offset: number };

function offsetOf(position: ErrorPosition): number {
  if (typeof position === 'number') return position;
  return 'offset' in position ? position.offset : position[0];
}

/** A composer that stops at the first error, because collecting half a million of them takes seconds. */
function createComposer(onSyntaxError: (syntaxError: YamlSyntaxError) => never): Composer {
  // The check for duplicate keys compares each with all others. CloudFormation reports them itself.
  const composer = new Composer({ logLevel: 'silent', uniqueKeys: false });
  const onError = (position: ErrorPosition, _code: string, text: string, isWarning?: boolean) => {
    if (isWarning !== true) onSyntaxError({ offset: offsetOf(position), text });
  };
  Reflect.set(composer, 'onError', onError);
  return composer;
}

function parse(text: string, outdent: Outdent, budget: WorkBudget): YamlText {
  const lines = new LineCounter();
  const parser = new Parser(lines.addNewLine);
  let firstError: YamlSyntaxError | undefined;
  const fail = (syntaxError: YamlSyntaxError): never => {
    firstError ??= syntaxError; // the composer reports an exception as another error
    throw new ParseAborted();
  };
  const composer = createComposer(fail);

  function* documents(): Generator<Document> {
    lines.addNewLine(0);
    for (const lexeme of createTemplateLexer(outdent).lex(text)) {
      budget.step();
      for (const token of parser.next(lexeme)) {
        if (token.type === 'error') fail({ offset: token.offset, text: token.message });
        yield* composer.next(token);
      }
      budget.checkDepth(parser.stack.length);
    }
    for (const token of parser.end()) yield* composer.next(token);
    yield* composer.end(true, text.length);
  }

  try {
    const [document] = documents();
    const [error] = document?.errors ?? [];
    const syntaxError = error && { offset: error.pos[0], text: error.message };
    return { document, lines, ...(syntaxError !== undefined && { syntaxError }) };
  } catch (error) {
    if (error instanceof ParseAborted && firstError !== undefined)
      return { document: undefined, lines, syntaxError: firstError };
    throw error;
  }
}

/**
 * Parses the first document of a YAML text as CloudFormation does. Each lexeme is a step of the budget, and the depth is
 * checked before any recursive code runs. Throws WorkBudgetExceeded.
 */
export function parseYaml(text: string, budget: WorkBudget): YamlText {
  const lenient = parse(text, 'any', budget);
  if (lenient.syntaxError === undefined) return lenient;
  // An unclosed bracket or quote is reported where the indentation ends it, not at the next bracket or quote.
  const strict = parse(text, 'closing', budget);
  return strict.syntaxError === undefined ? lenient : strict;
}
