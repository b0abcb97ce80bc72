import { getNodeValue, type Node, type ParseError } from 'jsonc-parser';
import { hasTooManyValues } from '../json/jsonShape.ts';
import { positionAt } from '../json/jsonText.ts';
import { parseJsonTree } from '../json/parseJsonc.ts';
import { parseDotenv } from './template/dotenvFile.ts';

/** Values for the environment variables of a template's functions. */
export type SamEnvironment = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** The values in a file. Lines are 1-based. The values may be secret, so errors don't quote them. */
export type EnvironmentFile =
  | {
      readonly kind: 'values';
      readonly environment: SamEnvironment;
      /** The first line of a `.env` file that is ignored. */
      readonly ignoredLine?: number;
    }
  | {
      readonly kind: 'invalid';
      readonly line: number;
      /** It's JSON for another purpose. */
      readonly isOtherJson?: true;
    };

/** A value as SAM sets it, with the digits of a number as written. An object, a list, or null is an empty string. */
function valueText(node: Node, text: string): string {
  if (node.type === 'number') return text.slice(node.offset, node.offset + node.length);
  return node.type === 'string' || node.type === 'boolean' ? String(getNodeValue(node)) : '';
}

function entriesOf({ children = [] }: Node): (readonly [string, Node])[] {
  return children.flatMap(({ children: [key, value] = [] }) =>
    key === undefined || value === undefined ? [] : [[String(getNodeValue(key)), value] as const],
  );
}

function readJson(text: string): EnvironmentFile {
  const otherAt = (offset: number): EnvironmentFile => {
    return { kind: 'invalid', line: positionAt(text, offset).line, isOtherJson: true };
  };
  if (hasTooManyValues(text)) return otherAt(0);
  const errors: ParseError[] = [];
  const root = parseJsonTree(text, errors);
  const [error] = errors;
  if (error !== undefined) return { kind: 'invalid', line: positionAt(text, error.offset).line };
  if (root?.type !== 'object') return otherAt(0);
  const functions = entriesOf(root);
  const other = functions.find(([, { type }]) => type !== 'object');
  if (other !== undefined) return otherAt(other[1].offset);
  const values = functions.map(([name, node]) => {
    const variables = entriesOf(node).map(([key, value]) => [key, valueText(value, text)] as const);
    return [name, Object.fromEntries(variables)] as const;
  });
  return { kind: 'values', environment: Object.fromEntries(values) };
}

/**
 * Reads the file of `sam local invoke --env-vars`: JSON with an object for each function, or the lines of a `.env` file,
 * whose values are for all functions. Source: AWS SAM CLI, "Environment variable file".
 */
export function readEnvironmentFile(fileText: string): EnvironmentFile {
  const text = fileText.replace(/^\ufeff/, '');
  if (/^\s*[{[]/.test(text)) return readJson(text);
  let ignoredLine: number | undefined;
  const values = parseDotenv(text, (line) => (ignoredLine ??= line));
  if (ignoredLine !== undefined && values.size === 0) return { kind: 'invalid', line: ignoredLine };
  const environment = { Parameters: Object.fromEntries(values) };
  return { kind: 'values', environment, ...(ignoredLine !== undefined && { ignoredLine }) };
}

/**
 * The values for a function: those in `Parameters`, which apply to all functions, and those of the first of its names
 * that has any. SAM sets only variables that the template declares, so the caller selects them.
 */
export function samVariablesOf(values: SamEnvironment, names: readonly string[]): Readonly<Record<string, string>> {
  const valuesOf = (name: string) => (Object.hasOwn(values, name) ? (values[name] ?? {}) : {});
  const own = names.map(valuesOf).find((variables) => Object.keys(variables).length > 0) ?? {};
  return { ...valuesOf('Parameters'), ...own };
}
