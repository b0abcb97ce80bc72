import { randomBytes } from 'node:crypto';
import { EventEmitter, once } from 'node:events';
import { request } from 'node:http';
import type { Socket } from 'node:net';

const TEXT = 0x81;
const MASKED = 0x80;
/** Lengths from here on are in 2 or 8 further bytes. */
const LENGTH_16 = 126;
const LENGTH_64 = 127;

/** A frame of a WebSocket (RFC 6455) from a client. */
function encode(text: string): Buffer {
  const body = Buffer.from(text);
  const mask = randomBytes(4);
  const header = Buffer.from([TEXT, MASKED | LENGTH_16, body.byteLength >> 8, body.byteLength & 0xff, ...mask]);
  return Buffer.concat([header, body.map((byte, index) => byte ^ (mask[index % 4] ?? 0))]);
}

/** The first frame in the bytes, and what follows it; undefined if it isn't complete. */
function decode(bytes: Buffer): { readonly text: string; readonly rest: Buffer } | undefined {
  if (bytes.byteLength < 10) return undefined;
  const short = bytes.readUInt8(1);
  const [length, start] =
    short === LENGTH_64
      ? [Number(bytes.readBigUInt64BE(2)), 10]
      : short === LENGTH_16
        ? [bytes.readUInt16BE(2), 4]
        : [short, 2];
  const end = start + length;
  return bytes.byteLength < end ? undefined : { text: bytes.toString('utf8', start, end), rest: bytes.subarray(end) };
}

/** The reason of the pause at the first line, with `--inspect-brk`. */
const BREAK_ON_START = 'Break on start';

interface InspectorMessage {
  readonly id?: number;
  readonly method?: string;
  readonly result?: unknown;
  readonly params?: unknown;
}

interface InspectedScript {
  readonly url: string;
  readonly sourceMapURL?: string;
}

async function openSocket(url: string): Promise<Socket> {
  const headers = {
    connection: 'Upgrade',
    upgrade: 'websocket',
    'sec-websocket-version': '13',
    'sec-websocket-key': randomBytes(16).toString('base64'),
  };
  const sent = request(url.replace('ws:', 'http:'), { headers }).end();
  const [, socket] = (await once(sent, 'upgrade')) as [unknown, Socket];
  return socket;
}

/** Connects to the inspector of Node.js at a `ws://` URL. */
async function connectInspector(url: string) {
  const socket = await openSocket(url);
  const messages = new EventEmitter();
  const closed = new AbortController();
  let received: Buffer = Buffer.alloc(0);
  socket.on('error', () => undefined);
  socket.once('close', () => closed.abort(new Error('The inspector closed the connection.')));
  socket.on('data', (bytes: Buffer) => {
    received = Buffer.concat([received, bytes]);
    for (let frame = decode(received); frame !== undefined; frame = decode(received)) {
      received = frame.rest;
      const message = JSON.parse(frame.text) as InspectorMessage;
      messages.emit(message.method ?? `result ${message.id}`, message.result ?? message.params);
    }
  });
  let lastId = 0;
  const send = async (method: string, params: object = {}): Promise<unknown> => {
    const id = ++lastId;
    socket.write(encode(JSON.stringify({ id, method, params })));
    const [result] = (await once(messages, `result ${id}`, { signal: closed.signal })) as [unknown];
    return result;
  };
  const pauses: string[] = [];
  messages.on('Debugger.paused', ({ reason }: { reason: string }) => {
    pauses.push(reason);
    if (reason === BREAK_ON_START)
      send('Debugger.resume').catch(() => undefined); // it may end before its answer
    else messages.emit('paused');
  });
  const scripts: InspectedScript[] = [];
  messages.on('Debugger.scriptParsed', (script: InspectedScript) => scripts.push(script));
  return {
    /** The scripts that have been loaded. */
    scripts,
    /** Calls a method of the Chrome DevTools Protocol. Rejects if the connection closes before the answer. */
    send,
    /** The reasons of all pauses. */
    pauses,
    /** Resolves when the process pauses, but not at the first line. Rejects if the connection closes before. */
    paused: async () => {
      await once(messages, 'paused', { signal: closed.signal });
    },
    close: () => socket.destroy(),
  };
}

/** Lets a process that waits for a debugger run. */
export async function attachInspector(url: string) {
  const inspector = await connectInspector(url);
  await inspector.send('Debugger.enable');
  await inspector.send('Runtime.runIfWaitingForDebugger');
  return inspector;
}
