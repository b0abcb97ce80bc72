import type { HistoryInvocation } from '../history/historyEntry.ts';
import { printJsonTree, readJsonTree, type JsonMember, type JsonTree } from '../json/jsonTree.ts';
import type { ComparableBody } from './comparableBody.ts';

/** The fields of a request in the order in which they're shown. */
const FIELDS = [
  'FunctionName',
  'Qualifier',
  'InvocationType',
  'LogType',
  'InvokeMode',
  'TenantId',
  'DurableExecutionName',
] as const;

function member(key: string, value: JsonTree): JsonMember {
  return { key, keySource: JSON.stringify(key), value };
}

const text = (value: string): JsonTree => ({ kind: 'string', source: JSON.stringify(value) });

/** The tree of a JSON text, or its text as a string. */
const jsonOrText = (value: string): JsonTree => readJsonTree(value) ?? text(value);

interface RequestParts {
  readonly invocation: HistoryInvocation;
  /** The payload as it's compared, if it's known. */
  readonly payload?: ComparableBody;
  /** The path of the payload file. */
  readonly payloadFile?: string;
  /** Comments below the fields. */
  readonly notes: readonly string[];
}

/** Formats a request as JSON with comments: Lambda's fields, and the payload that was sent. */
export function requestText({ invocation, payload, payloadFile, notes }: RequestParts): string {
  const { ClientContext } = invocation;
  const fields = FIELDS.flatMap((name) => {
    const value = invocation[name];
    return value === undefined ? [] : [member(name, text(value))];
  });
  const members = [
    ...fields,
    ...(ClientContext === undefined ? [] : [member('ClientContext', jsonOrText(ClientContext))]),
    ...(payloadFile === undefined ? [] : [member('payloadFile', text(payloadFile))]),
    ...(payload === undefined || !('text' in payload) ? [] : [member('Payload', jsonOrText(payload.text))]),
  ];
  const printed = printJsonTree({ kind: 'object', members });
  const comments = notes.map((note) => `\n  // ${note}`).join('');
  return `${printed.slice(0, -2)}${comments}\n}`;
}
