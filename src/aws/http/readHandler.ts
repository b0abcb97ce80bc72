import { Readable } from 'node:stream';
import { LIMITS } from '../../core/invocation/limits.ts';
import { InvokeError } from '../../core/outcome/invokeError.ts';
import { message } from '../../core/messages/messages.ts';
import { signalOf, type HandleOptions, type NetworkLimits, type RequestHandler } from './requestHandler.ts';

async function collect(body: Readable, host: string): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of body as AsyncIterable<Buffer>) {
    length += chunk.byteLength;
    if (length > LIMITS.maxResponseBytes) throw new InvokeError(message('readTooLarge', host, LIMITS.maxResponseBytes));
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/**
 * Sends read-only requests. The complete response must arrive within `readMs` milliseconds and fit into
 * LIMITS.maxResponseBytes. A timeout rejects with InvokeError (`readLate`), which the SDK doesn't retry.
 */
export function createReadHandler(
  send: RequestHandler['handle'],
  { readMs }: Pick<NetworkLimits, 'readMs'>,
): RequestHandler {
  return {
    async handle(request, options: HandleOptions = {}) {
      const deadline = new AbortController();
      const timer = setTimeout(() => deadline.abort(), readMs);
      const abortSignal = signalOf(options);
      const signal = abortSignal === undefined ? deadline.signal : AbortSignal.any([abortSignal, deadline.signal]);
      const { hostname } = request;
      try {
        const exchange = await send(request, { ...options, abortSignal: signal });
        const { statusCode, headers } = exchange.response;
        if (statusCode < 200) throw new Error(`HTTP ${statusCode}`);
        if (statusCode === 200 && exchange.unread !== undefined) {
          throw new Error(`Content-Encoding: ${headers['content-encoding']}`);
        }
        const body = exchange.response.body as Readable;
        exchange.response.body = Readable.from([await collect(body, hostname)]);
        return exchange;
      } catch (error) {
        if (deadline.signal.aborted && abortSignal?.aborted !== true) {
          throw new InvokeError(message('readLate', hostname, readMs / 1000), { cause: error });
        }
        throw error;
      } finally {
        clearTimeout(timer);
      }
    },
  };
}
