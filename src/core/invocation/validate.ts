import { base64Length } from './base64.ts';
import { nonFunctionMessage } from '../functions/nonFunctionName.ts';
import { parseFunctionName } from '../functions/functionName.ts';
import type { Invocation, InvocationType } from './invocation.ts';
import { findJsonError } from '../json/jsonText.ts';
import { LIMITS } from './limits.ts';
import { message, type Message, type MessageCode } from '../messages/messages.ts';

export type Field =
  | 'FunctionName'
  | 'Qualifier'
  | 'InvocationType'
  | 'LogType'
  | 'ClientContext'
  | 'TenantId'
  | 'DurableExecutionName'
  | 'Payload'
  | 'region';

/** A problem with an invocation, and the field it belongs to. */
export interface Problem {
  readonly field: Field;
  readonly message: Message;
  /** A warning doesn't block sending. Without it, Lambda would reject the request. */
  readonly isWarning?: true;
}

/** The problems that block sending. */
export function errorsOf(problems: readonly Problem[]): Problem[] {
  return problems.filter(({ isWarning }) => isWarning !== true);
}

type Fields = Omit<Invocation, 'payload'>;

function problem(field: Field, code: MessageCode, ...args: (string | number)[]): Problem {
  return { field, message: message(code, ...args) };
}

function* functionNameProblems({ FunctionName, Qualifier }: Fields): Generator<Problem> {
  if (FunctionName === '') return yield problem('FunctionName', 'functionNameMissing');
  const reason = nonFunctionMessage(FunctionName);
  if (reason !== undefined) return yield { field: 'FunctionName', message: reason };
  const parts = parseFunctionName(FunctionName);
  if (FunctionName.length > LIMITS.FunctionName) {
    return yield problem('FunctionName', 'functionNameTooLong', FunctionName.length, LIMITS.FunctionName);
  }
  if (parts === undefined) return yield problem('FunctionName', 'functionNamePattern');
  if (parts.name.length > LIMITS.bareFunctionName) {
    yield problem('FunctionName', 'bareNameTooLong', parts.name.length, LIMITS.bareFunctionName);
  }
  if (Qualifier !== undefined && parts.qualifier !== undefined && parts.qualifier !== Qualifier) {
    yield problem('Qualifier', 'qualifierContradicts', parts.qualifier, Qualifier);
  }
}

function* qualifierProblems({ Qualifier }: Fields): Generator<Problem> {
  if (Qualifier === undefined) return;
  if (Qualifier.length > LIMITS.Qualifier) {
    yield problem('Qualifier', 'qualifierTooLong', Qualifier.length, LIMITS.Qualifier);
  } else if (!/^(\$LATEST(\.PUBLISHED)?|[a-zA-Z0-9\-_]+)$/.test(Qualifier)) {
    yield problem('Qualifier', 'qualifierPattern');
  }
}

function* clientContextProblems({ ClientContext }: Fields): Generator<Problem> {
  if (ClientContext === undefined) return;
  const error = findJsonError(ClientContext);
  if (error !== undefined) return yield problem('ClientContext', 'clientContextNotJson', error.line, error.column);
  if (!ClientContext.trimStart().startsWith('{')) yield problem('ClientContext', 'clientContextNotObject');
  const length = base64Length(ClientContext);
  if (length > LIMITS.ClientContext)
    yield problem('ClientContext', 'clientContextTooLong', length, LIMITS.ClientContext);
}

function* tenantProblems({ TenantId }: Fields): Generator<Problem> {
  if (TenantId === undefined) return;
  if (TenantId.length > LIMITS.TenantId) {
    yield problem('TenantId', 'tenantIdTooLong', TenantId.length, LIMITS.TenantId);
  } else if (!/^[a-zA-Z0-9._:/=+\-@ ]+$/.test(TenantId) || TenantId.trim() === '') {
    yield problem('TenantId', 'tenantIdPattern');
  }
}

function* durableProblems({ FunctionName, Qualifier, DurableExecutionName: name }: Fields): Generator<Problem> {
  if (name === undefined) return;
  if (name.length > LIMITS.DurableExecutionName) {
    yield problem('DurableExecutionName', 'durableNameTooLong', name.length, LIMITS.DurableExecutionName);
  } else if (!/^[a-zA-Z0-9\-_]+$/.test(name)) {
    yield problem('DurableExecutionName', 'durableNamePattern');
  }
  if (Qualifier === undefined && parseFunctionName(FunctionName)?.qualifier === undefined) {
    yield problem('DurableExecutionName', 'durableNeedsQualifier');
  }
}

/**
 * Validates all fields except the payload. Lengths are in characters, ClientContext in bytes of base64 (see limits.ts).
 * Source: the Lambda service model (patterns, lengths) and API reference.
 */
export function validateFields(fields: Fields): Problem[] {
  return [
    ...functionNameProblems(fields),
    ...qualifierProblems(fields),
    ...clientContextProblems(fields),
    ...tenantProblems(fields),
    ...durableProblems(fields),
  ];
}

/** Lambda's payload limit in bytes: 6 MB for synchronous invocations, 1 MB for Event. */
function payloadLimit(type: InvocationType): number {
  return type === 'Event' ? LIMITS.eventPayload : LIMITS.synchronousPayload;
}

/** Checks the payload's size in bytes against the limit for the invocation type. */
export function payloadSizeProblems(byteLength: number, type: InvocationType): Problem[] {
  const limit = payloadLimit(type);
  return byteLength > limit ? [problem('Payload', 'payloadTooLarge', byteLength, limit, type)] : [];
}

/** Checks that a payload is empty (no payload) or valid JSON. Lambda returns 400 for anything else. */
export function payloadTextProblems(text: string): Problem[] {
  if (text === '') return [];
  const error = findJsonError(text);
  return error === undefined ? [] : [problem('Payload', 'payloadNotJson', error.line, error.column)];
}
