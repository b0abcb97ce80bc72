import { parseFunctionName } from '../../core/functions/functionName.ts';
import { ENVIRONMENT_HEADER } from '../../core/functions/environmentHeader.ts';
import { parseEnvironmentVariables } from '../../core/presets/presetEnvironment.ts';
import { isRecord } from '../../core/json/isRecord.ts';
import { LOCAL_REGION } from '../../core/functions/localArn.ts';
import { LIMITS } from '../../core/invocation/limits.ts';
import { isUtf8 } from 'node:buffer';
import type { IncomingHttpHeaders } from 'node:http';
import type { ServiceError } from './lambdaResponse.ts';
import { memoize } from './memoize.ts';

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
  /** Environment variables that override the function's. */
  readonly environment?: Readonly<Record<string, string>>;
  /** JSON in ASCII only, as it is sent to the runtime in a header. */
  readonly clientContext: string | undefined;
}

/** What is known of an Invoke request from its path, query and invocation type. */
export interface InvokeHead extends Pick<LocalInvoke, 'name' | 'qualifier' | 'isStreamed' | 'type'> {
  /** The maximum size of the payload, in bytes. */
  readonly maxBytes: number;
}

const INVOKE_PATH = /^\/2015-03-31\/functions\/([^/]+)\/invocations$/;
const STREAM_PATH = /^\/2021-11-15\/functions\/([^/]+)\/response-streaming-invocations$/;

/** The event of a request without payload. */
const EMPTY_EVENT = Buffer.from('{}');

function badRequest(name: string, message: string): ServiceError {
  return { StatusCode: 400, name, message };
}

function header(headers: IncomingHttpHeaders, name: string): string | undefined {
  const value = headers[name];
  return typeof value === 'string' ? value : undefined;
}

function parseJson(text: string): { readonly value: unknown } | { readonly error: string } {
  try {
    return { value: JSON.parse(text) };
  } catch (error) {
    return { error: error instanceof Error ? error.message : String(error) };
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

/** Parses the path and query. */
const parseRoute = memoize((url): Pick<LocalInvoke, 'name' | 'qualifier' | 'isStreamed'> | ServiceError => {
  const parsedUrl = parseUrl(url);
  if (parsedUrl === undefined) return badRequest('ValidationException', 'Invalid path.');
  const { pathname, searchParams } = parsedUrl;
  const streamPath = STREAM_PATH.exec(pathname);
  const path = streamPath ?? INVOKE_PATH.exec(pathname);
  if (path === null)
    return { StatusCode: 404, name: 'UnknownOperationException', message: `Unsupported path: ${pathname}` };
  const parts = parseFunctionName(decodeSegment(path[1] ?? ''));
  if (parts === undefined) return badRequest('ValidationException', "FunctionName doesn't match its pattern.");
  if (parts.region !== undefined && parts.region !== LOCAL_REGION) {
    const message = `Functions from '${parts.region}' are not reachable in this region ('${LOCAL_REGION}')`;
    return { StatusCode: 404, name: 'ResourceNotFoundException', message };
  }
  const qualifier = searchParams.get('Qualifier') ?? undefined;
  if (qualifier !== undefined && parts.qualifier !== undefined && qualifier !== parts.qualifier) {
    const message = 'The derived qualifier from the function name does not match the specified qualifier.';
    return badRequest('InvalidParameterValueException', message);
  }
  return { name: parts.name, qualifier: qualifier ?? parts.qualifier, isStreamed: streamPath !== null };
});

/** Lambda's error for a payload over its limit, in bytes. */
export function payloadTooLarge(maxBytes: number): ServiceError {
  const message = `Request must be smaller than ${maxBytes} bytes for the InvokeFunction operation`;
  return { StatusCode: 413, name: 'RequestEntityTooLargeException', message };
}

/**
 * Parses what precedes the body of an Invoke request, or returns Lambda's error for it: 405 for another method, 404 for
 * an unknown path or a function in another region, 400 for an invalid name, qualifier, or invocation type, 413 for a
 * content-length over the limit. Source: Lambda API reference, Invoke; messages of the service.
 */
export function parseInvokeHead(method: string, url: string, headers: IncomingHttpHeaders): InvokeHead | ServiceError {
  if (method !== 'POST') {
    const message = `Unsupported method ${method}. Invoke uses POST.`;
    return { StatusCode: 405, name: 'MethodNotAllowedException', message };
  }
  const route = parseRoute(url);
  if ('StatusCode' in route) return route;
  const type = header(headers, 'x-amz-invocation-type') ?? 'RequestResponse';
  if (type !== 'RequestResponse' && type !== 'Event' && type !== 'DryRun') {
    return badRequest('InvalidParameterValueException', `Unknown InvocationType ${type}.`);
  }
  if (route.isStreamed && type === 'Event') {
    return badRequest('InvalidParameterValueException', "Response streaming doesn't support the InvocationType Event.");
  }
  const maxBytes = type === 'Event' ? LIMITS.eventPayload : LIMITS.synchronousPayload;
  if (Number(headers['content-length'] ?? 0) > maxBytes) return payloadTooLarge(maxBytes);
  return { name: route.name, qualifier: route.qualifier, isStreamed: route.isStreamed, type, maxBytes };
}

function payloadError(body: Buffer): ServiceError | undefined {
  if (body.byteLength === 0) return undefined;
  const parsed = isUtf8(body) ? parseJson(body.toString('utf8')) : { error: 'Invalid UTF-8' };
  return 'error' in parsed
    ? badRequest('InvalidRequestContentException', `Could not parse request body into json: ${parsed.error}`)
    : undefined;
}

/** JSON in ASCII only, because it's sent in a header. Undefined if it isn't a JSON object. */
function parseClientContext(base64: string): string | undefined {
  if (base64.length > LIMITS.ClientContext || !/^[A-Za-z0-9+/]*={0,2}$/.test(base64)) return undefined;
  const parsed = parseJson(Buffer.from(base64, 'base64').toString('utf8'));
  if ('error' in parsed || !isRecord(parsed.value)) return undefined;
  const escape = (c: string) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`;
  return JSON.stringify(parsed.value).replaceAll(/[\u007f-\uffff]/g, escape);
}

function isTenantId(text: string): boolean {
  return text.length <= LIMITS.TenantId && /^[\w.:/=+\-@ ]+$/.test(text) && text.trim() !== '';
}

function invalidField(field: string, value: string): ServiceError {
  return badRequest('ValidationException', `${field} doesn't match its pattern: '${value}'.`);
}

/**
 * Parses an Invoke request whose head is valid, or returns Lambda's error for it: 400 for an invalid payload, client
 * context, tenant ID or durable execution name.
 */
export function parseInvoke(head: InvokeHead, headers: IncomingHttpHeaders, body: Buffer): LocalInvoke | ServiceError {
  const invalidPayload = payloadError(body);
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
  const encodedVariables = header(headers, ENVIRONMENT_HEADER);
  const environment =
    encodedVariables === undefined
      ? undefined
      : parseEnvironmentVariables(Buffer.from(encodedVariables, 'base64').toString());
  if (encodedVariables !== undefined && environment === undefined)
    return badRequest(
      'InvalidParameterValueException',
      `${ENVIRONMENT_HEADER} must be the base64 encoding of a JSON object with strings.`,
    );
  return {
    name: head.name,
    qualifier: head.qualifier,
    tenantId,
    ...(environment !== undefined && { environment }),
    durableExecutionName,
    type: head.type,
    isStreamed: head.isStreamed,
    wantsTail: head.type === 'RequestResponse' && header(headers, 'x-amz-log-type') === 'Tail',
    body: body.byteLength === 0 ? EMPTY_EVENT : body,
    clientContext,
  };
}
