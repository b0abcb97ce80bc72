import { decodeBase64Text } from '../invocation/base64.ts';
import { EMPTY_DRAFT, type Draft } from '../invocation/draft.ts';
import { splitQualifier } from '../functions/functionName.ts';
import { INVOCATION_TYPES, LOG_TYPES } from '../invocation/invocation.ts';
import { findJsonError } from '../json/jsonText.ts';
import { message, type Message } from '../messages/messages.ts';

/** An invocation imported from a command line, a skeleton, or a launch configuration. */
export interface ImportedInvocation {
  readonly draft: Draft;
  /** The payload file as written, relative to the folder of the command. */
  readonly payloadPath?: string;
  readonly profile?: string;
  readonly region?: string;
  /** The endpoint's address. Never show it in a message, because it may contain a password. */
  readonly endpoint?: string;
  /** Parts that couldn't be imported. */
  readonly notes: readonly Message[];
}

const isJson = (text: string) => findJsonError(text) === undefined;

/**
 * The payload of a command, decoded if it's base64 of JSON, which AWS CLI v2 expects unless --cli-binary-format is
 * raw-in-base64-out. Without that option, valid JSON is never decoded.
 */
function payloadText(text: string, binaryFormat: string | undefined): string {
  if (isJson(text) && binaryFormat !== 'base64') return text;
  // Windows PowerShell needs backslashes before quotes, which are unescaped with the C runtime's rule.
  const unescaped = text.replaceAll(/(\\+)("?)/g, (match, slashes: string, quote: string) =>
    quote === '' ? match : `${'\\'.repeat(slashes.length >> 1)}"`,
  );
  if (isJson(unescaped) && unescaped !== text) return unescaped;
  if (binaryFormat === 'raw-in-base64-out') return text;
  const decoded = decodeBase64Text(text);
  return decoded !== undefined && isJson(decoded) ? decoded : text;
}

function choice<T extends string>(choices: readonly T[], value: unknown, fallback: T): T {
  return choices.find((known) => known === value) ?? fallback;
}

/** Invoke's fields by the options of `aws lambda invoke`. */
export const FIELD_OF_OPTION = {
  'function-name': 'FunctionName',
  qualifier: 'Qualifier',
  'invocation-type': 'InvocationType',
  'log-type': 'LogType',
  'client-context': 'ClientContext',
  'tenant-id': 'TenantId',
  'durable-execution-name': 'DurableExecutionName',
  payload: 'Payload',
} as const;

export type ImportedField = (typeof FIELD_OF_OPTION)[keyof typeof FIELD_OF_OPTION];

/** Invoke's fields as text. ClientContext and Payload are encoded like on the command line. */
export type ImportedFields = Readonly<Partial<Record<ImportedField, string>>>;

/** Converts fields to a draft, with notes about invalid values. LogType defaults to None, like in Lambda's API. */
export function toImportedDraft(
  fields: ImportedFields,
  binaryFormat?: string,
): { readonly draft: Draft; readonly notes: readonly Message[] } {
  const notes: Message[] = [];
  const { FunctionName: name = '', InvocationType, LogType, ClientContext = '', Payload } = fields;
  const parts = fields.Qualifier === undefined ? splitQualifier(name) : { FunctionName: name };
  const context = ClientContext.trimStart().startsWith('{')
    ? ClientContext
    : (decodeBase64Text(ClientContext) ?? ClientContext);
  for (const [field, value, choices] of [
    ['InvocationType', InvocationType, INVOCATION_TYPES],
    ['LogType', LogType, LOG_TYPES],
  ] as const) {
    const isKnown = value === undefined || (choices as readonly string[]).includes(value);
    if (!isKnown) notes.push(message('importChoice', field, value, choices.join(', ')));
  }
  return {
    notes,
    draft: {
      ...EMPTY_DRAFT,
      Payload: '', // a command without a payload sends none
      ...parts,
      ...(fields.Qualifier !== undefined && { Qualifier: fields.Qualifier }),
      InvocationType: choice(INVOCATION_TYPES, InvocationType, 'RequestResponse'),
      LogType: choice(LOG_TYPES, LogType, 'None'),
      ClientContext: context,
      TenantId: fields.TenantId ?? '',
      DurableExecutionName: fields.DurableExecutionName ?? '',
      ...(Payload !== undefined && { payloadKind: 'typed' as const, Payload: payloadText(Payload, binaryFormat) }),
    },
  };
}
