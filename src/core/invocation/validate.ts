import { base64Length } from './base64.ts';
import { foreignName } from '../functions/foreignName.ts';
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

/** What keeps an invocation from being sent, and the field it stands beside. */
export interface Problem {
  readonly field: Field;
  readonly message: Message;
  /** Worth a look, but sent all the same; without it, Lambda would refuse the request. */
  readonly isWarning?: true;
}

/** Those of the problems that keep an invocation from being sent. */
export function errorsOf(problems: readonly Problem[]): Problem[] {
  return problems.filter(({ isWarning }) => isWarning !== true);
}

type Fields = Omit<Invocation, 'payload'>;

function problem(field: Field, code: MessageCode, ...args: (string | number)[]): Problem {
  return { field, message: message(code, ...args) };
}

function* functionNameProblems({ FunctionName, Qualifier }: Fields): Generator<Problem> {
  if (FunctionName === '') return yield problem('FunctionName', 'functionNameMissing');
  const foreign = foreignName(FunctionName);
  if (foreign !== undefined) return yield { field: 'FunctionName', message: foreign };
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
 * Every rule of Invoke's request fields that can be checked before sending, but for the payload.
 * Source: the service model (patterns, lengths) and the API reference; limits in characters, ClientContext in bytes of
 * base64 (core/limits).
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

/** Lambda's limit on the payload, in bytes: 6 MB synchronous, 1 MB for Event. */
function payloadLimit(type: InvocationType): number {
  return type === 'Event' ? LIMITS.eventPayload : LIMITS.synchronousPayload;
}

/** The payload's size against the limit of its invocation type, in bytes. */
export function payloadSizeProblems(byteLength: number, type: InvocationType): Problem[] {
  const limit = payloadLimit(type);
  return byteLength > limit ? [problem('Payload', 'payloadTooLarge', byteLength, limit, type)] : [];
}

/** A payload's text: empty is no payload; anything else must be JSON. Lambda answers 400 to what is not. */
export function payloadTextProblems(text: string): Problem[] {
  if (text === '') return [];
  const error = findJsonError(text);
  return error === undefined ? [] : [problem('Payload', 'payloadNotJson', error.line, error.column)];
}
