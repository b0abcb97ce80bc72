import { parseFunctionName } from '../../core/functions/functionName.ts';
import { isRecord } from '../../core/json/isRecord.ts';
import { LIMITS } from '../../core/invocation/limits.ts';
import { isUtf8 } from 'node:buffer';
import type { IncomingHttpHeaders } from 'node:http';
import type { ServiceError } from './lambdaResponse.ts';

/** A parsed Invoke request. */
export interface LocalInvoke {
  readonly name: string;
  /** From the query or the function name; undefined if there is none. */
  readonly qualifier: string | undefined;
  readonly tenantId: string | undefined;
  readonly durableExecutionName: string | undefined;
  readonly type: 'RequestResponse' | 'Event' | 'DryRun';
  readonly wantsTail: boolean;
  /** InvokeWithResponseStream. */
  readonly isStreamed: boolean;
  /** The event; `{}` for a request without payload. */
  readonly body: Buffer;
  /** JSON in ASCII only, as it is sent to the runtime in a header. */
  readonly clientContext: string | undefined;
}

const INVOKE_PATH = /^\/2015-03-31\/functions\/([^/]+)\/invocations$/;
const STREAM_PATH = /^\/2021-11-15\/functions\/([^/]+)\/response-streaming-invocations$/;

function badRequest(name: string, message: string): ServiceError {
  return { StatusCode: 400, name, message };
}

function header(headers: IncomingHttpHeaders, name: string): string | undefined {
  const value = headers[name];
  return typeof value === 'string' ? value : undefined;
}

function jsonError(text: string): string | undefined {
  try {
    JSON.parse(text);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** Undefined for an invalid URL, for which the URL constructor throws. */
function parseUrl(url: string): URL | undefined {
  return URL.canParse(url, 'http://local') ? new URL(url, 'http://local') : undefined;
}

function decodeSegment(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

function parseClientContext(base64: string): string | undefined {
  if (base64.length > LIMITS.ClientContext || !/^[A-Za-z0-9+/]*={0,2}$/.test(base64)) return undefined;
  const text = Buffer.from(base64, 'base64').toString('utf8');
  return jsonError(text) === undefined && isRecord(JSON.parse(text)) ? text : undefined;
}

function payloadError(body: Buffer, type: LocalInvoke['type']): ServiceError | undefined {
  const limit = type === 'Event' ? LIMITS.eventPayload : LIMITS.synchronousPayload;
  if (body.byteLength > limit) {
    const message = `Request must be smaller than ${limit} bytes for the InvokeFunction operation`;
    return { StatusCode: 413, name: 'RequestEntityTooLargeException', message };
  }
  let error = body.byteLength === 0 ? undefined : jsonError(body.toString('utf8'));
  if (error === undefined && !isUtf8(body)) error = 'Invalid UTF-8';
  return error === undefined
    ? undefined
    : badRequest('InvalidRequestContentException', `Could not parse request body into json: ${error}`);
}

/**
 * Parses an Invoke request, or returns Lambda's error for it: 404 for an unknown path, 400 for an invalid name,
 * qualifier, invocation type, client context or payload, 413 for a payload over its limit.
 * Source: Lambda API reference, Invoke; messages of the service.
 */
export function parseInvoke(url: string, headers: IncomingHttpHeaders, body: Buffer): LocalInvoke | ServiceError {
  const parsedUrl = parseUrl(url);
  if (parsedUrl === undefined) return badRequest('ValidationException', 'Invalid path.');
  const { pathname, searchParams } = parsedUrl;
  const streamPath = STREAM_PATH.exec(pathname);
  const isStreamed = streamPath !== null;
  const path = streamPath ?? INVOKE_PATH.exec(pathname);
  if (path === null)
    return { StatusCode: 404, name: 'UnknownOperationException', message: `Unsupported path: ${pathname}` };
  const parts = parseFunctionName(decodeSegment(path[1] ?? ''));
  if (parts === undefined) return badRequest('ValidationException', "FunctionName doesn't match its pattern.");
  const qualifier = searchParams.get('Qualifier') ?? undefined;
  if (qualifier !== undefined && parts.qualifier !== undefined && qualifier !== parts.qualifier) {
    const message = 'The derived qualifier from the function name does not match the specified qualifier.';
    return badRequest('InvalidParameterValueException', message);
  }
  const type = header(headers, 'x-amz-invocation-type') ?? 'RequestResponse';
  if (type !== 'RequestResponse' && type !== 'Event' && type !== 'DryRun') {
    return badRequest('InvalidParameterValueException', `Unknown InvocationType ${type}.`);
  }
  if (isStreamed && type === 'Event') {
    return badRequest('InvalidParameterValueException', "Response streaming doesn't support the InvocationType Event.");
  }
  const invalidPayload = payloadError(body, type);
  if (invalidPayload !== undefined) return invalidPayload;
  const encodedContext = header(headers, 'x-amz-client-context');
  const clientContext = encodedContext === undefined ? undefined : parseClientContext(encodedContext);
  if (encodedContext !== undefined && clientContext === undefined) {
    return badRequest('InvalidRequestContentException', 'Client context must be a valid Base64-encoded JSON object.');
  }
  const tenantId = header(headers, 'x-amz-tenant-id');
  if (tenantId !== undefined && !isTenantId(tenantId)) return invalidField('TenantId', tenantId);
  const durableExecutionName = header(headers, 'x-amz-durable-execution-name');
  if (durableExecutionName !== undefined && !/^[\w-]{1,64}$/.test(durableExecutionName)) {
    return invalidField('DurableExecutionName', durableExecutionName);
  }
  return {
    name: parts.name,
    qualifier: qualifier ?? parts.qualifier,
    tenantId,
    durableExecutionName,
    type,
    isStreamed,
    wantsTail: type === 'RequestResponse' && header(headers, 'x-amz-log-type') === 'Tail',
    body: body.byteLength === 0 ? Buffer.from('{}') : body,
    // Headers are limited to ASCII, so escape other characters.
    clientContext: clientContext === undefined ? undefined : toAscii(clientContext),
  };
}

function isTenantId(text: string): boolean {
  return text.length <= LIMITS.TenantId && /^[\w.:/=+\-@ ]+$/.test(text) && text.trim() !== '';
}

function invalidField(field: string, value: string): ServiceError {
  return badRequest('ValidationException', `${field} doesn't match its pattern: '${value}'.`);
}

function toAscii(json: string): string {
  const oneLine = JSON.stringify(JSON.parse(json));
  return oneLine.replaceAll(/[\u007f-\uffff]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
