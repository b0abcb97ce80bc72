import { getNodeValue, type Node } from 'jsonc-parser';
import { findJsonError } from '../json/jsonText.ts';
import { createLineCounter } from '../json/lineCounter.ts';
import { parseJsonTree } from '../json/parseJsonc.ts';
import { InvokeError } from '../outcome/invokeError.ts';
import { message } from '../messages/messages.ts';
import { createUniqueNames } from './uniqueNames.ts';

/** A row of a file with cases. */
export interface TestCase {
  /** The text of its key `name`, or else its number in the file, from 1. */
  readonly name: string;
  /** The JSON of its values, as written, by key. */
  readonly values: ReadonlyMap<string, string>;
  /** The line in the file, from 1. */
  readonly line: number;
}

/** Throws InvokeError if a text isn't JSON. `line` is the line of its start in the file. */
function checkJson(text: string, fileName: string, line = 1): void {
  const error = findJsonError(text);
  if (error !== undefined) throw new InvokeError(message('casesBroken', fileName, line + error.line - 1, error.column));
}

/** The values of a row. Throws InvokeError if it isn't an object. */
function toCase(text: string, row: Node | undefined, at: { line: number; index: number; fileName: string }): TestCase {
  if (row?.type !== 'object') throw new InvokeError(message('casesNotRows', at.fileName));
  const values = new Map<string, string>();
  let name = String(at.index + 1);
  for (const { children } of row.children ?? []) {
    const [key, value] = children ?? [];
    if (key === undefined || value === undefined) continue;
    const keyText = String(getNodeValue(key));
    values.set(keyText, text.slice(value.offset, value.offset + value.length));
    if (keyText === 'name' && value.type === 'string') name = String(getNodeValue(value));
  }
  return { name, values, line: at.line };
}

function casesOfArray(text: string, fileName: string): TestCase[] {
  checkJson(text, fileName);
  const lineAt = createLineCounter(text);
  const rows = parseJsonTree(text)?.children ?? [];
  return rows.map((row, index) => toCase(text, row, { line: lineAt(row.offset), index, fileName }));
}

function casesOfLines(text: string, fileName: string): TestCase[] {
  const lines = text.split('\n').map((line, at) => ({ text: line, line: at + 1 }));
  return lines
    .filter((row) => row.text.trim() !== '')
    .map((row, index) => {
      checkJson(row.text, fileName, row.line);
      return toCase(row.text, parseJsonTree(row.text), { line: row.line, index, fileName });
    });
}

/** Every test has its own name. */
function withOwnNames(cases: readonly TestCase[]): TestCase[] {
  const uniqueName = createUniqueNames((name, count) => `${name} (${count})`);
  return cases.map((row) => ({ ...row, name: uniqueName(row.name) }));
}

/** Reads a file with cases: a JSON array of objects, or JSON Lines. Throws InvokeError. */
export function parseCases(text: string, fileName: string): TestCase[] {
  const content = text.startsWith('\ufeff') ? text.slice(1) : text;
  const cases = /^\s*\[/.test(content) ? casesOfArray(content, fileName) : casesOfLines(content, fileName);
  if (cases.length === 0) throw new InvokeError(message('casesEmpty', fileName));
  return withOwnNames(cases);
}
