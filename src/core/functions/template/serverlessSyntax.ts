/** A variable in a text, such as `${opt:stage, 'dev'}`. */
export interface Variable {
  /** The variable as written, with `${` and `}`. */
  readonly raw: string;
  /** What it refers to, and its fallbacks: `opt:stage`, `'dev'`. */
  readonly sources: readonly string[];
}

/** One source of a variable: `type(parameter):address`, or a literal value. */
export type VariableSource =
  | { readonly kind: 'literal'; readonly value: unknown }
  | {
      readonly kind: 'reference';
      readonly type: string;
      readonly parameter: string;
      readonly address: string;
    }
  | { readonly kind: 'unknown' };

/** Texts that look like variables but belong to CloudFormation, CloudWatch, and AWS IoT. */
const FOREIGN_TYPES = ['AWS', 'PROP', 'iot'];

const isBlank = (character: string | undefined) => character !== undefined && ' \t\r\n'.includes(character);

/** The offset of the quote that closes a literal which opens at `at`, or else `at`. */
function literalEnd(text: string, at: number): number {
  const quote = text[at];
  if (quote !== '"' && quote !== "'") return at;
  let before = at - 1;
  while (isBlank(text[before])) before--;
  const opener = text[before];
  if (opener !== undefined && !',({'.includes(opener)) return at; // an apostrophe
  const end = text.indexOf(quote, at + 1);
  return end === -1 ? at : end;
}

/** The offset after the brace that closes the variable at `start`, or -1. */
function variableEnd(text: string, start: number): number {
  let depth = 0;
  for (let at = start; at < text.length; at++) {
    if (text.startsWith('${', at)) {
      depth++;
      at++;
    } else if (text[at] === '}') {
      depth--;
      if (depth === 0) return at + 1;
    } else at = literalEnd(text, at);
  }
  return -1;
}

/** Splits the sources of a variable at commas outside quotes, parentheses, and nested variables. */
function sourcesOf(inner: string): string[] {
  const sources: string[] = [];
  let start = 0;
  let depth = 0;
  for (let at = 0; at < inner.length; at++) {
    const character = inner[at];
    if (character === '(' || inner.startsWith('${', at)) depth++;
    else if (character === ')' || character === '}') depth = Math.max(0, depth - 1);
    else if (character === ',' && depth === 0) {
      sources.push(inner.slice(start, at).trim());
      start = at + 1;
    } else at = literalEnd(inner, at);
  }
  return [...sources, inner.slice(start).trim()];
}

/** Whether the framework resolves it. `${Name}`, `${!Name}` and `${AWS::Region}` belong to Fn::Sub. */
function isVariable(inner: string): boolean {
  const isReference = inner.includes(':') || (inner.includes('(') && inner.includes(')'));
  if (!isReference || inner.trimStart().startsWith('!')) return false;
  return !FOREIGN_TYPES.some((type) => inner.startsWith(`${type}:`));
}

/**
 * Splits a text into plain text and variables. Nested variables are part of the outer one. Source: Serverless Framework,
 * "Variables".
 */
export function splitVariables(text: string): (string | Variable)[] {
  const pieces: (string | Variable)[] = [];
  let plainStart = 0;
  let start = text.indexOf('${');
  while (start !== -1) {
    const end = variableEnd(text, start);
    if (end === -1) break;
    const inner = text.slice(start + 2, end - 1);
    if (isVariable(inner)) {
      if (start > plainStart) pieces.push(text.slice(plainStart, start));
      pieces.push({ raw: text.slice(start, end), sources: sourcesOf(inner) });
      plainStart = end;
    }
    start = text.indexOf('${', end);
  }
  if (plainStart < text.length) pieces.push(text.slice(plainStart));
  return pieces;
}

function literal(source: string): VariableSource {
  try {
    return { kind: 'literal', value: JSON.parse(source) as unknown };
  } catch {
    return { kind: 'unknown' };
  }
}

/** The offset of the parenthesis that closes the one at `start`, or -1. */
function closingParenthesis(source: string, start: number): number {
  let depth = 0;
  for (let at = start; at < source.length; at++) {
    if (source[at] === '(') depth++;
    if (source[at] === ')') depth--;
    if (depth === 0) return at;
  }
  return -1;
}

/** `file:path#key` and `strToBool:text` are other spellings of `file(path):key` and `strToBool(text)`. */
function reference(type: string, parameter: string | undefined, address: string): VariableSource {
  if (parameter !== undefined || (type !== 'file' && type !== 'strToBool'))
    return { kind: 'reference', type, parameter: parameter ?? '', address };
  const [path = '', key = ''] = address.split('#', 2);
  return { kind: 'reference', type, parameter: path, address: key };
}

/** Parses one source of a variable: `self:custom.a`, `file(./a.yml):key`, `'text'`, `true`. */
export function parseSource(source: string): VariableSource {
  const quote = source[0];
  if (source.length > 1 && (quote === '"' || quote === "'") && source.endsWith(quote))
    return { kind: 'literal', value: source.slice(1, -1) };
  const colon = source.indexOf(':');
  const parenthesis = source.indexOf('(');
  if (colon === -1 && parenthesis === -1) return literal(source);
  if (parenthesis === -1 || (colon !== -1 && colon < parenthesis))
    return reference(source.slice(0, colon), undefined, source.slice(colon + 1).trim());
  const end = closingParenthesis(source, parenthesis);
  const rest = source.slice(end + 1).trim();
  if (end === -1 || (rest !== '' && !rest.startsWith(':'))) return { kind: 'unknown' };
  const parameter = source.slice(parenthesis + 1, end).trim();
  return reference(source.slice(0, parenthesis), parameter, rest.slice(1).trim());
}
