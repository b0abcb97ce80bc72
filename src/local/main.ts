// The entry point of the local endpoint's process, which the extension host starts and controls over IPC.
import { isRecord } from '../core/json/isRecord.ts';
import type { ControlRequest } from '../core/functions/localFunctionView.ts';
import type { LocalEndpointOptions, LocalEndpointSettings } from '../core/functions/localEndpointOptions.ts';
import { LocalEndpoint } from './http/localEndpoint.ts';
import { reportProblems } from './problems.ts';

let endpoint: LocalEndpoint | undefined;

function stop(): never {
  endpoint?.close();
  process.exit(0);
}

/**
 * Sends a message to the extension host; resolves when it was sent. Ignores a closed channel, because the process exits
 * when it closes.
 */
function send(message: object): Promise<void> {
  return new Promise((resolve) => process.send?.(message, undefined, undefined, () => resolve()));
}

function textOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

async function start(options: LocalEndpointOptions): Promise<void> {
  try {
    endpoint = new LocalEndpoint({
      ...options,
      onProblem: (problem) => void send({ type: 'problem', message: problem }),
    });
    await send({ type: 'listening', endpoint: await endpoint.listen() });
  } catch (error) {
    await send({ type: 'failed', message: textOf(error) });
    stop();
  }
}

async function respond(id: unknown, request: ControlRequest): Promise<void> {
  try {
    await send({ type: 'response', id, value: await endpoint?.control(request) });
  } catch (error) {
    await send({ type: 'response', id, error: textOf(error) });
  }
}

reportProblems((message) => void send({ type: 'problem', message }));
process.on('message', (message: unknown) => {
  if (!isRecord(message)) return;
  // Only the parent process can write to this channel.
  if (message['type'] === 'start') void start(message['options'] as LocalEndpointOptions);
  else if (message['type'] === 'configure') endpoint?.configure(message['settings'] as LocalEndpointSettings);
  else if (message['type'] === 'control') void respond(message['id'], message['request'] as ControlRequest);
});
// The extension host has exited or crashed.
process.on('disconnect', stop);
process.on('SIGTERM', stop);
