import type { IncomingMessage, ServerResponse } from 'node:http';
import { BodyMemory } from './bodyMemory.ts';
import type { EndpointLimits } from './endpointLimits.ts';
import { endWithError, limitReading } from './endOfResponse.ts';
import { parseInvoke, parseInvokeHead, type InvokeHead, type LocalInvoke } from './invokeRoute.ts';
import { DURABLE_PREFIX, parseDurableRoute, type DurableRoute } from '../durable/durableRoute.ts';
import type { ServiceError } from './lambdaResponse.ts';
import { refuse } from './refuse.ts';
import { readBody } from './requestBody.ts';
import { checkSignedHead, type BodyCheck, type KeyPair } from './signature.ts';

interface Parts {
  readonly keys: KeyPair;
  /** Whether a Host header names the endpoint. */
  readonly isOwnHost: (host: string | undefined) => boolean;
  readonly limits: EndpointLimits;
  /** Responds to a valid request. */
  readonly handle: (invoke: LocalInvoke, response: ServerResponse) => Promise<void>;
  /** The path below which handlers use the API of durable executions, without the endpoint's keys. */
  readonly durablePath: string;
  /** Responds to a request to the API of durable executions. */
  readonly handleDurable: (route: DurableRoute, body: Buffer, response: ServerResponse) => Promise<void>;
}

/** What is known of a valid request before its body. */
type Head = (InvokeHead | DurableRoute) & { readonly checkBody?: BodyCheck };

/** A valid request. */
type ValidRequest = LocalInvoke | { readonly route: DurableRoute; readonly body: Buffer };

const NOT_DURABLE: ServiceError = {
  StatusCode: 403,
  name: 'AccessDeniedException',
  message: 'Locally, a durable function can call only the API of durable executions of Lambda.',
};

const WRONG_HOST: ServiceError = {
  StatusCode: 403,
  name: 'AccessDeniedException',
  message: "The Host header doesn't name the local endpoint.",
};

/**
 * Emits `close` for the response to a request that was sent before the previous response. Node emits it only for the
 * response that is being sent when the connection closes.
 */
function reportClose({ socket }: IncomingMessage, response: ServerResponse): void {
  const onClose = () => {
    response.destroy();
    response.emit('close');
  };
  socket.setMaxListeners(0).once('close', onClose);
  response.once('socket', () => socket.off('close', onClose));
}

/**
 * Handles HTTP requests: verifies the signature, limits the body, parses Invoke and passes it on. Requests are refused
 * as early as possible, most of them before their body. Never rejects.
 */
export function createRequestHandler(parts: Parts) {
  const { keys, isOwnHost, limits, handle, durablePath, handleDurable } = parts;
  const memory = new BodyMemory(limits.bodyBytes);

  function checkHead({ method = '', url = '', headers }: IncomingMessage): Head | ServiceError {
    if (!isOwnHost(headers.host)) return WRONG_HOST;
    if (url.startsWith(durablePath)) {
      const path = url.slice(durablePath.length);
      return path.startsWith(DURABLE_PREFIX) ? parseDurableRoute(method, path, headers) : NOT_DURABLE;
    }
    const checkBody = checkSignedHead({ method, url, headers }, keys);
    if (typeof checkBody !== 'function') return { StatusCode: 403, ...checkBody };
    const head = url.startsWith(DURABLE_PREFIX)
      ? parseDurableRoute(method, url, headers)
      : parseInvokeHead(method, url, headers);
    return 'StatusCode' in head ? head : { ...head, checkBody };
  }

  /** Returns a valid request, or the error to send. Rejects if the client disconnects. */
  async function read(
    request: IncomingMessage,
    response: ServerResponse,
    expectsContinue: boolean,
  ): Promise<ValidRequest | ServiceError> {
    const checked = checkHead(request);
    if ('StatusCode' in checked) return checked;
    const { checkBody, ...head } = checked;
    if (expectsContinue) response.writeContinue();
    const body = await readBody(request, { maxBytes: head.maxBytes, memory, reservation: memory.reserve(response) });
    if ('StatusCode' in body) return body;
    const error = checkBody?.(body);
    if (error !== undefined) return { StatusCode: 403, ...error };
    return 'operation' in head ? { route: head, body } : parseInvoke(head, request.headers, body);
  }

  /** `expectsContinue`: the client waits for permission to send the body (`Expect: 100-continue`). */
  return async function serve(
    request: IncomingMessage,
    response: ServerResponse,
    expectsContinue = false,
  ): Promise<void> {
    response.on('error', () => undefined); // the client has disconnected
    if (response.socket === null) reportClose(request, response);
    let isStreamed = false;
    try {
      const invoke = await read(request, response, expectsContinue);
      if ('StatusCode' in invoke) return refuse(request, response, { error: invoke, ...limits });
      if ('route' in invoke) return await handleDurable(invoke.route, invoke.body, response);
      isStreamed = invoke.isStreamed;
      await handle(invoke, response);
    } catch (error) {
      endWithError(response, { error, isStreamed });
    }
    limitReading(response, limits.readingMs);
  };
}
