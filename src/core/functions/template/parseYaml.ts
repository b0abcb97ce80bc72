import { Composer, Lexer, LineCounter, Parser, type Document } from 'yaml';
import type { WorkBudget } from '../../async/workBudget.ts';

/** The first syntax error of a YAML text. The offset is in UTF-16 units. */
interface YamlFault {
  readonly offset: number;
  readonly text: string;
}

/** The first document of a YAML text, or its syntax error. */
export interface YamlText {
  readonly document: Document | undefined;
  readonly lines: LineCounter;
  readonly fault?: YamlFault;
}

class Broken extends Error {}

type Place = number | readonly [number, ...number[]] | { readonly offset: number };

function offsetOf(place: Place): number {
  if (typeof place === 'number') return place;
  return 'offset' in place ? place.offset : place[0];
}

/** A composer that stops at the first error, because collecting half a million of them takes seconds. */
function composerUntil(onFault: (fault: YamlFault) => never): Composer {
  // The check for duplicate keys compares each with all others. CloudFormation reports them itself.
  const composer = new Composer({ logLevel: 'silent', uniqueKeys: false });
  const onError = (place: Place, _code: string, text: string, isWarning?: boolean) => {
    if (isWarning !== true) onFault({ offset: offsetOf(place), text });
  };
  Reflect.set(composer, 'onError', onError);
  return composer;
}

/**
 * Parses the first document of a YAML text. Each lexeme is a step of the budget, and the depth is checked before any
 * recursive code runs. Throws WorkBudgetExceeded.
 */
export function parseYaml(text: string, budget: WorkBudget): YamlText {
  const lines = new LineCounter();
  const parser = new Parser(lines.addNewLine);
  let first: YamlFault | undefined;
  const fail = (fault: YamlFault): never => {
    first ??= fault; // the composer reports an exception as another error
    throw new Broken();
  };
  const composer = composerUntil(fail);

  function* documents(): Generator<Document> {
    lines.addNewLine(0);
    for (const lexeme of new Lexer().lex(text)) {
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
    const fault = error && { offset: error.pos[0], text: error.message };
    return { document, lines, ...(fault !== undefined && { fault }) };
  } catch (error) {
    if (error instanceof Broken && first !== undefined) return { document: undefined, lines, fault: first };
    throw error;
  }
}
