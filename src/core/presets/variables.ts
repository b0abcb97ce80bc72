import { OpenStrings } from '../json/openStrings.ts';
import { message, type Message } from '../messages/messages.ts';
import { formatTime, isTimeFormat } from './timeFormat.ts';

/**
 * A variable: `${env:NAME}`, `${workspaceFolder}`, `${input:NAME}`, `${uuid}`, `${now}`, `${now:FORMAT}`, `${case:KEY}` for
 * a value of the test's case.
 */
export type Variable =
  | { readonly kind: 'env' | 'input' | 'case'; readonly name: string }
  | { readonly kind: 'workspaceFolder' | 'uuid' }
  | { readonly kind: 'now'; readonly format?: string };

/** A variable or something similar in a text. Offsets in UTF-16 units. */
interface Occurrence {
  readonly start: number;
  readonly end: number;
  /** A variable, `escaped` for `$${`, or the reason it's invalid. */
  readonly result: Variable | 'escaped' | Message;
}

/**
 * Whether an environment variable holds credentials, which must never get into a request, the history or a form.
 * Ignores case like Windows does, including its Unicode case folding.
 */
function isSecret(name: string): boolean {
  const prefix = /(?:^|_)AWS_/iu.exec(name);
  if (prefix === null || /_FILE$/iu.test(name)) return false;
  return /ACCESS_KEY|SECRET|TOKEN|CREDENTIALS|PASSWORD/iu.test(name.slice(prefix.index + prefix[0].length));
}

/** Shorter values can't be keys and may occur in any text. */
const MIN_SECRET_LENGTH = 16;

/** Whether a value contains the value of a credentials variable, for example through a copy under another name. */
export function hasSecretValue(value: string, environment: Readonly<Record<string, string | undefined>>): boolean {
  return Object.entries(environment).some(
    ([name, secret = '']) => secret.length >= MIN_SECRET_LENGTH && isSecret(name) && value.includes(secret),
  );
}

function parseVariable(inside: string): Variable | Message {
  const colon = inside.indexOf(':');
  const kind = colon === -1 ? inside : inside.slice(0, colon);
  const argument = colon === -1 ? undefined : inside.slice(colon + 1);
  switch (kind) {
    case 'env':
    case 'input':
    case 'case':
      if (argument === undefined || argument.trim() === '') return message('variableNeedsName', `\${${kind}:NAME}`);
      if (kind === 'env' && isSecret(argument)) return message('variableSecret', argument);
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

function occurrences(text: string): Occurrence[] {
  return [...text.matchAll(/\$\$\{|\$\{([^}"\r\n]*)(\}?)/g)].map((match) => {
    const [matched, inside = '', brace] = match;
    const result =
      matched === '$${' ? 'escaped' : brace === '}' ? parseVariable(inside) : message('variableUnknown', matched);
    return { start: match.index, end: match.index + matched.length, result };
  });
}

const isProblem = (result: Occurrence['result']): result is Message => typeof result === 'object' && 'code' in result;
const isVariable = (result: Occurrence['result']): result is Variable => typeof result === 'object' && 'kind' in result;

/** The variables of a text, in order. */
export function variablesOf(text: string): Variable[] {
  return occurrences(text)
    .map(({ result }) => result)
    .filter(isVariable);
}

/** Invalid variables and their positions. Offsets in UTF-16 units. */
export function variableProblems(text: string): { start: number; end: number; message: Message }[] {
  return occurrences(text).flatMap(({ start, end, result }) =>
    isProblem(result) ? [{ start, end, message: result }] : [],
  );
}

/** The text of a JSON value: a string without its quotes and escapes, anything else as it is written. */
function textOfJson(json: string): string {
  return json.startsWith('"') ? (JSON.parse(json) as string) : json;
}

const KEY_END = /\s*:/y;

/** Whether a string that ends here is a key. */
function isKeyEnd(text: string, end: number): boolean {
  KEY_END.lastIndex = end;
  return KEY_END.test(text);
}

/**
 * Replaces all variables and unescapes `$${`. With `isJson`, values inside strings are escaped, also in JSON nested in
 * a string. The value of a case is JSON: it replaces a string that is only the variable, and its text is used within
 * other text. The text must have no problems (see variableProblems).
 */
export function resolveVariables(
  text: string,
  valueOf: (variable: Variable) => string,
  { isJson }: { isJson: boolean },
): string {
  let at = 0;
  const parts: string[] = [];
  const open = new OpenStrings();
  const add = (part: string) => {
    parts.push(part);
    if (isJson) open.append(part);
  };
  for (const { start, end, result } of occurrences(text)) {
    const before = text.slice(at, start);
    at = end;
    if (isVariable(result) && result.kind === 'case' && isJson) {
      const json = valueOf(result);
      const isQuoted = before.endsWith('"') && text[end] === '"' && !isKeyEnd(text, end + 1);
      add(isQuoted ? before.slice(0, -1) : before);
      if (open.isOutside) {
        add(json);
        if (isQuoted) at++;
      } else {
        if (isQuoted) add('"');
        add(open.escape(textOfJson(json)));
      }
      continue;
    }
    add(before);
    if (result === 'escaped') add('${');
    else if (isVariable(result)) {
      const value = result.kind === 'case' ? textOfJson(valueOf(result)) : valueOf(result);
      add(isJson ? open.escape(value) : value);
    }
  }
  return parts.join('') + text.slice(at);
}

/** Escapes a text so that a preset sends it literally. */
export function escapeVariables(text: string): string {
  return text.replaceAll('${', () => '$${');
}

/** The value of `${now}` in UTC. The default format is ISO 8601 with milliseconds. */
export function nowText(variable: Extract<Variable, { kind: 'now' }>, now: Date): string {
  return formatTime(now, variable.format ?? 'iso');
}

/** The ranges of the valid variables. Offsets in UTF-16 units. */
export function variableRanges(text: string): { start: number; end: number }[] {
  return occurrences(text).flatMap(({ start, end, result }) => (isVariable(result) ? [{ start, end }] : []));
}

/**
 * Replaces each valid variable by the number 0 and spaces, which are valid inside and outside of strings, so that a
 * template can be checked as JSON. All offsets stay the same.
 */
export function maskVariables(text: string): string {
  const parts: string[] = [];
  let at = 0;
  for (const { start, end } of variableRanges(text)) {
    parts.push(text.slice(at, start), '0'.padEnd(end - start));
    at = end;
  }
  return parts.join('') + text.slice(at);
}
