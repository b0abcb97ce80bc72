import { EventEmitter, once } from 'node:events';
import { connect } from 'node:net';
import { DEBUGPY_TOKEN, parseDebugpyAddress } from '../../src/core/functions/debugpyAddress.ts';
import { DapFrames, toFrame, toMessage, type DapMessage } from '../../src/local/process/dapFrames.ts';

/** Connects to a port as a client of the Debug Adapter Protocol. */
export async function connectDap(port: number) {
  const socket = connect(port, '127.0.0.1');
  await once(socket, 'connect');
  const messages = new EventEmitter();
  const closed = new AbortController();
  const received = new DapFrames(64 * 1024 * 1024);
  const all: DapMessage[] = [];
  socket.on('error', () => undefined);
  socket.once('close', () => closed.abort(new Error('The connection was closed.')));
  socket.on('data', (bytes: Buffer) => {
    for (const message of received.add(bytes).map(toMessage)) {
      all.push(message);
      messages.emit(message.event ?? `response ${message.request_seq}`, message);
    }
  });
  let lastSeq = 0;
  const next = async (name: string): Promise<DapMessage> => {
    const [message] = (await once(messages, name, { signal: closed.signal })) as [DapMessage];
    return message;
  };
  return {
    /** All messages that were received. */
    all,
    /** Sends a request and resolves with its response. Rejects if the connection is closed before. */
    async send(command: string, args: Readonly<Record<string, unknown>> = {}): Promise<DapMessage> {
      const seq = ++lastSeq;
      const response = next(`response ${seq}`);
      socket.write(toFrame({ type: 'request', seq, command, arguments: args }));
      return response;
    },
    /** Resolves with the next event of this name. Rejects if the connection is closed before. */
    event: next,
    closed: new Promise<void>((resolve) => closed.signal.addEventListener('abort', () => resolve())),
    close: () => socket.destroy(),
    /** Stops reading until `resume`. */
    pause: () => socket.pause(),
    resume: () => socket.resume(),
  };
}

/** Where a function has stopped: its thread and top stack frame. */
type Stop = { readonly threadId: number; readonly frameId: number; readonly line: number };

/** Attaches to a function at a debugpy address, as VS Code does, with breakpoints in one file. */
export async function attachDebugpy(address: string, path: string, lines: readonly number[]) {
  const { port, token } = parseDebugpyAddress(address) ?? { port: 0, token: '' };
  const client = await connectDap(port);
  await client.send('initialize', { clientID: 'vscode', adapterID: 'debugpy', linesStartAt1: true });
  const initialized = client.event('initialized');
  const attached = client.send('attach', { [DEBUGPY_TOKEN]: token, justMyCode: true });
  await initialized;
  const breakpoints = lines.map((line) => ({ line }));
  const stopped = client.event('stopped');
  stopped.catch(() => undefined);
  await client.send('setBreakpoints', { source: { path }, breakpoints });
  await client.send('configurationDone');
  await attached;
  return {
    ...client,
    /** Resolves when the function waits at a breakpoint. */
    async stopped(): Promise<Stop> {
      const threadId = Number((await stopped).body?.['threadId']);
      const { body } = await client.send('stackTrace', { threadId });
      const frames = (body?.['stackFrames'] ?? []) as { readonly id: number; readonly line: number }[];
      const [frame] = frames;
      return { threadId, frameId: frame?.id ?? 0, line: frame?.line ?? 0 };
    },
  };
}
