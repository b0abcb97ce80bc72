import { toBase64 } from '../base64.ts';
import type { Invocation } from '../invocation.ts';
import { isRecord } from '../isRecord.ts';
import { message } from '../messages.ts';
import { toImportedDraft, type GivenFields, type ImportedInvocation } from './importedInvocation.ts';

const KEYS = [
  'FunctionName',
  'Qualifier',
  'InvocationType',
  'LogType',
  'ClientContext',
  'TenantId',
  'DurableExecutionName',
  'Payload',
] as const satisfies readonly (keyof GivenFields)[];

/** The fields of a `--cli-input-json` skeleton; undefined for a text that is none. Empty texts are a skeleton's blanks. */
export function parseCliInput(
  text: string,
): { readonly fields: GivenFields; readonly unknown: readonly string[] } | undefined {
  let input: unknown;
  try {
    input = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (!isRecord(input) || typeof input['FunctionName'] !== 'string') return undefined;
  const known = new Set<string>(KEYS);
  const fields = KEYS.flatMap((key) => {
    const value = input[key];
    return typeof value === 'string' && value !== '' ? [[key, value] as const] : [];
  });
  return { fields: Object.fromEntries(fields), unknown: Object.keys(input).filter((key) => !known.has(key)) };
}

/** A skeleton that was pasted by itself. */
export function importCliInput(text: string): ImportedInvocation | undefined {
  const input = parseCliInput(text);
  if (input === undefined) return undefined;
  const { draft, notes } = toImportedDraft(input.fields);
  return { draft, notes: [...notes, ...input.unknown.map((key) => message('importIgnored', key))] };
}

/**
 * What an invocation sends, in the form of AWS CLI v2's skeletons: Invoke's input as JSON, ClientContext and Payload as
 * base64, as its blobs are. (`aws lambda invoke` itself has no --cli-input-json: seen with 1.45 and 2.9.) `Payload` is
 * the payload's text.
 */
export function toCliInput(invocation: Invocation, Payload: string | undefined): string {
  const { payload: _, ClientContext, ...fields } = invocation;
  const input = {
    ...fields,
    ...(ClientContext !== undefined && { ClientContext: toBase64(ClientContext) }),
    ...(Payload !== undefined && { Payload: toBase64(Payload) }),
  };
  return `${JSON.stringify(input, undefined, 2)}\n`;
}
