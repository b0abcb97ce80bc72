import { createScanner } from 'jsonc-parser';
import { message, type Message } from './messages.ts';
import { formatTime, isTimeFormat } from './timeFormat.ts';

/** A variable in a text: `${env:NAME}`, `${workspaceFolder}`, `${input:NAME}`, `${uuid}`, `${now}`, `${now:FORMAT}`. */
export type Variable =
  | { readonly kind: 'env' | 'input'; readonly name: string }
  | { readonly kind: 'workspaceFolder' | 'uuid' }
  | { readonly kind: 'now'; readonly format?: string };

/** Something in a text that looks like a variable; offsets in UTF-16 units. */
interface Place {
  readonly start: number;
  readonly end: number;
  /** A variable, `escaped` for `$${`, or why it is none. */
  readonly found: Variable | 'escaped' | Message;
}

/** Environment variables that hold credentials: these never go into a request, its history or a form. */
const SECRET =
  /^(AWS_(ACCESS_KEY_ID|SECRET_ACCESS_KEY|SESSION_TOKEN|SECURITY_TOKEN)|AWS_CONTAINER_AUTHORIZATION_TOKEN)$/i;

function toVariable(inside: string): Variable | Message {
  const colon = inside.indexOf(':');
  const kind = colon === -1 ? inside : inside.slice(0, colon);
  const argument = colon === -1 ? undefined : inside.slice(colon + 1);
  switch (kind) {
    case 'env':
    case 'input':
      if (argument === undefined || argument.trim() === '') return message('variableNeedsName', `\${${kind}:NAME}`);
      if (kind === 'env' && SECRET.test(argument)) return message('variableSecret', argument);
      return { kind, name: argument };
    case 'workspaceFolder':
    case 'uuid':
      return argument === undefined ? { kind } : message('variableUnknown', `\${${inside}}`);
    case 'now':
      if (argument === undefined) return { kind };
      return isTimeFormat(argument) ? { kind, format: argument } : message('variableFormat', argument);
    default:
      return message('variableUnknown', `\${${inside}}`);
  }
}

function places(text: string): Place[] {
  return [...text.matchAll(/\$\$\{|\$\{([^}"\r\n]*)(\}?)/g)].map((match) => {
    const [whole, inside = '', brace] = match;
    const found = whole === '$${' ? 'escaped' : brace === '}' ? toVariable(inside) : message('variableUnknown', whole);
    return { start: match.index, end: match.index + whole.length, found };
  });
}

const isProblem = (found: Place['found']): found is Message => typeof found === 'object' && 'code' in found;
const isVariable = (found: Place['found']): found is Variable => typeof found === 'object' && 'kind' in found;

/** The variables of a text, first to last. */
export function variablesOf(text: string): Variable[] {
  return places(text)
    .map(({ found }) => found)
    .filter(isVariable);
}

/** What looks like a variable and is none, and where; offsets in UTF-16 units. */
export function variableProblems(text: string): { start: number; end: number; message: Message }[] {
  return places(text).flatMap(({ start, end, found }) => (isProblem(found) ? [{ start, end, message: found }] : []));
}

/** Where a JSON text is inside a string: there a value is escaped, so that it cannot end the string. */
function stringRanges(text: string): (offset: number) => boolean {
  const scanner = createScanner(text, true);
  const ranges: { start: number; end: number }[] = [];
  for (;;) {
    scanner.scan();
    const start = scanner.getTokenOffset();
    const end = start + scanner.getTokenLength();
    if (end === start) break;
    if (text[start] === '"') ranges.push({ start, end });
  }
  let index = 0; // asked in rising order
  return (offset) => {
    while ((ranges[index]?.end ?? Infinity) <= offset) index++;
    return (ranges[index]?.start ?? Infinity) < offset;
  };
}

/**
 * The text with every variable replaced by its value; `$${` becomes `${`. A text without variables comes back as it is.
 * In JSON (`isJson`) a value inside a string is escaped. The text must have no problems (variableProblems).
 */
export function resolveVariables(
  text: string,
  valueOf: (variable: Variable) => string,
  { isJson }: { isJson: boolean },
): string {
  const found = places(text);
  if (found.length === 0) return text;
  const isInString = isJson ? stringRanges(text) : () => false;
  let at = 0;
  let resolved = '';
  for (const place of found) {
    const value = place.found === 'escaped' ? '${' : isVariable(place.found) ? valueOf(place.found) : '';
    const isEscaped = isInString(place.start);
    resolved += text.slice(at, place.start) + (isEscaped ? JSON.stringify(value).slice(1, -1) : value);
    at = place.end;
  }
  return resolved + text.slice(at);
}

/** The time a `${now}` stands for: UTC; without a format as ISO 8601 with milliseconds. */
export function nowText(variable: Extract<Variable, { kind: 'now' }>, now: Date): string {
  return formatTime(now, variable.format ?? 'iso');
}
