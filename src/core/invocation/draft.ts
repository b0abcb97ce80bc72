import { onlyApplicable } from './applicableFields.ts';
import type { Invocation, InvocationType, InvokeMode, LogType, PayloadSource } from './invocation.ts';

/** The state of the form: every field as typed, including those that won't be sent. */
export interface Draft {
  readonly FunctionName: string;
  readonly Qualifier: string;
  readonly InvocationType: InvocationType;
  readonly LogType: LogType;
  readonly ClientContext: string;
  readonly TenantId: string;
  readonly DurableExecutionName: string;
  readonly InvokeMode: InvokeMode;
  readonly payloadKind: 'file' | 'typed';
  /** The inline payload. */
  readonly Payload: string;
  /** The URI of the payload file. Empty if none is selected. */
  readonly payloadFile: string;
  /** Whether variables such as `${uuid}` are resolved when it is invoked. Otherwise all texts are sent verbatim. */
  readonly hasVariables: boolean;
  /** Whether this includes the variables in the payload file. */
  readonly payloadFileVariables: boolean;
}

/** How variables of an invocation are resolved before it is sent. */
export type VariableUse = Pick<Draft, 'hasVariables' | 'payloadFileVariables'>;

/** How the variables of a draft are resolved. */
export function variableUse({ hasVariables, payloadFileVariables }: Draft): VariableUse {
  return { hasVariables, payloadFileVariables };
}

export const EMPTY_DRAFT: Draft = {
  FunctionName: '',
  Qualifier: '',
  InvocationType: 'RequestResponse',
  LogType: 'Tail',
  ClientContext: '',
  TenantId: '',
  DurableExecutionName: '',
  InvokeMode: 'BUFFERED',
  payloadKind: 'typed',
  Payload: '{}',
  payloadFile: '',
  hasVariables: false,
  payloadFileVariables: false,
};

function toPayloadSource(draft: Draft): PayloadSource {
  if (draft.payloadKind === 'typed') {
    return draft.Payload === '' ? { kind: 'none' } : { kind: 'typed', text: draft.Payload };
  }
  return draft.payloadFile === '' ? { kind: 'none' } : { kind: 'file', uri: draft.payloadFile };
}

/** Converts a draft to an invocation: trims text, drops empty fields and fields that don't apply. */
export function toInvocation(draft: Draft): Invocation {
  const isFilled = (text: string) => text.trim() !== '';
  return onlyApplicable({
    FunctionName: draft.FunctionName.trim(),
    InvocationType: draft.InvocationType,
    LogType: draft.LogType,
    payload: toPayloadSource(draft),
    ...(isFilled(draft.Qualifier) && { Qualifier: draft.Qualifier.trim() }),
    ...(isFilled(draft.ClientContext) && { ClientContext: draft.ClientContext.trim() }),
    ...(draft.TenantId !== '' && { TenantId: draft.TenantId }),
    ...(isFilled(draft.DurableExecutionName) && { DurableExecutionName: draft.DurableExecutionName.trim() }),
    ...(draft.InvokeMode !== 'BUFFERED' && { InvokeMode: draft.InvokeMode }),
  });
}

/** Converts an invocation to the draft that shows it in the form. */
export function toDraft(invocation: Invocation): Draft {
  const { payload, ...fields } = invocation;
  return {
    ...EMPTY_DRAFT,
    ...fields,
    payloadKind: payload.kind === 'file' ? 'file' : 'typed',
    Payload: payload.kind === 'typed' ? payload.text : '',
    payloadFile: payload.kind === 'file' ? payload.uri : '',
  };
}

/** The draft with another inline payload, which is the one that is sent. */
export function typedDraft(draft: Draft, text: string): Draft {
  return { ...draft, payloadKind: 'typed', Payload: text, payloadFile: '' };
}

export function isSameDraft(a: Draft, b: Draft): boolean {
  return (Object.keys(EMPTY_DRAFT) as (keyof Draft)[]).every((field) => a[field] === b[field]);
}
