// The local endpoint's process: started by the extension host, which speaks to it over the IPC channel.
import { isRecord } from '../core/isRecord.ts';
import { LocalEndpoint, type EndpointOptions } from './localEndpoint.ts';

let endpoint: LocalEndpoint | undefined;

function stop(): never {
  endpoint?.close();
  process.exit(0);
}

async function start(options: EndpointOptions): Promise<void> {
  try {
    endpoint = new LocalEndpoint(options);
    process.send?.({ type: 'listening', endpoint: await endpoint.listen(options.port) });
  } catch (error) {
    process.send?.({ type: 'failed', message: error instanceof Error ? error.message : String(error) });
    stop();
  }
}

process.on('message', (message: unknown) => {
  // Only the parent process can write to this channel.
  if (isRecord(message) && message['type'] === 'start') void start(message['options'] as EndpointOptions);
});
// The extension host has ended, however it ended.
process.on('disconnect', stop);
process.on('SIGTERM', stop);
