import { randomBytes, timingSafeEqual } from 'node:crypto';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { DEBUGPY_TOKEN } from '../../core/functions/debugpyAddress.ts';
import { DapFrames, toFrame, toMessage, type DapMessage } from './dapFrames.ts';

interface Endpoint {
  readonly port: number;
  readonly token: string;
}

/** How long a connection may take to authenticate, in milliseconds. */
const AUTHENTICATION_MS = 10_000;
/** The maximum size of messages before authentication, in bytes. */
const MAX_UNKNOWN_BYTES = 1024 * 1024;
/** The maximum size of a message after authentication, such as the value of a variable, in bytes. */
const MAX_BYTES = 256 * 1024 * 1024;
/** How long VS Code may take to disconnect after the function has ended, in milliseconds. */
const DISCONNECT_MS = 2000;

/** The requests of VS Code that end debugging. */
const ENDS: readonly string[] = ['disconnect', 'terminate'];

const AUTHORIZE = 'pydevdAuthorize';

/** The arguments of VS Code's initialize request that debugpy uses. */
const INITIALIZE = {
  clientID: 'vscode',
  adapterID: 'debugpy',
  pathFormat: 'path',
  linesStartAt1: true,
  columnsStartAt1: true,
};

function isToken(value: unknown, token: string): boolean {
  const [given, expected] = [Buffer.from(String(value)), Buffer.from(token)];
  return given.byteLength === expected.byteLength && timingSafeEqual(given, expected);
}

function request(seq: number, command: string, args: Readonly<Record<string, unknown>>): Buffer {
  return toFrame({ type: 'request', seq, command, arguments: args });
}

function response({ seq, command = '' }: DapMessage, body: DapMessage['body'] = {}): Buffer {
  return toFrame({ type: 'response', seq: 0, request_seq: seq, command, success: true, body });
}

async function listen(): Promise<Server> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  return server;
}

/** Calls back with the frames of a socket, and destroys it if they are invalid or `onFrame` throws. */
function onFrames(socket: Socket, frames: DapFrames, onFrame: (frame: Buffer) => void): void {
  socket.on('error', () => undefined);
  socket.on('data', (bytes: Buffer) => {
    try {
      for (const frame of frames.add(bytes)) onFrame(frame);
    } catch {
      socket.destroy();
    }
  });
}

/** Writes what one socket has received to the other, and stops reading while that one is slower. */
function forward(frame: Buffer, from: Socket, to: Socket): void {
  if (to.write(frame) || from.isPaused()) return;
  from.pause();
  to.once('drain', () => from.resume());
}

/**
 * Connects debugpy in a function with VS Code. If debugpy listened itself, every user of this machine could run code in the
 * function. Therefore debugpy connects to this relay and authenticates with a token. VS Code also connects, and
 * authenticates with another token in its attach request. Until then, nothing reaches the function. Each port is closed
 * when its connection is authenticated. Source: Debug Adapter Protocol; debugpy's request `pydevdAuthorize`.
 */
export class DebuggerRelay {
  /** Where debugpy connects. */
  readonly forFunction: Endpoint;
  /** Where VS Code connects, after debugpy has connected. Rejects if the function ends first. */
  readonly forClient: Promise<Endpoint>;
  /** Called when VS Code disconnects. Otherwise, debugpy would continue a function at a breakpoint. */
  onDisconnect: () => void = () => undefined;
  readonly #functionServer: Server;
  #clientServer: Server | undefined;
  #function: Socket | undefined;
  #client: Socket | undefined;
  /** Connections that haven't authenticated. */
  readonly #unknown = new Set<Socket>();
  /** Events before VS Code has attached. */
  #early: Buffer[] = [];
  /** Requests of VS Code without a response, by `seq`. */
  readonly #pending = new Map<number, DapMessage>();
  /** The `seq` of VS Code's initialize request, whose response it has already received. */
  #answeredSeq: number | undefined;
  #isEnded = false;
  #resolve: (client: Endpoint) => void = () => undefined;
  #reject: (error: Error) => void = () => undefined;

  private constructor(functionServer: Server) {
    this.#functionServer = functionServer;
    this.forFunction = { port: (functionServer.address() as AddressInfo).port, token: newToken() };
    this.forClient = new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
    this.forClient.catch(() => undefined); // the process can end before anything waits for it
  }

  static async listen(): Promise<DebuggerRelay> {
    const server = await listen();
    const relay = new DebuggerRelay(server);
    server.on('connection', (socket) => relay.#acceptFunction(socket));
    return relay;
  }

  /** Ends debugging because the function has ended. Notifies VS Code, which would otherwise report a lost connection. */
  end(reason: string): void {
    if (this.#isEnded) return;
    this.#isEnded = true;
    this.#reject(new Error(reason));
    this.#functionServer.close();
    this.#clientServer?.close();
    for (const socket of this.#unknown) socket.destroy();
    this.#function?.destroy();
    const client = this.#client;
    if (client === undefined) return;
    client.resume(); // it might have been waiting for the function
    for (const message of this.#pending.values()) client.write(response(message));
    client.write(toFrame({ type: 'event', seq: 0, event: 'terminated', body: {} }));
    setTimeout(() => client.destroy(), DISCONNECT_MS).unref();
  }

  /** Closes a connection that doesn't authenticate in time. */
  #expectAuthentication(socket: Socket): void {
    this.#unknown.add(socket);
    const timer = setTimeout(() => this.#unknown.has(socket) && socket.destroy(), AUTHENTICATION_MS).unref();
    socket.once('close', () => {
      clearTimeout(timer);
      this.#unknown.delete(socket);
    });
  }

  #acceptFunction(socket: Socket): void {
    this.#expectAuthentication(socket);
    const early: Buffer[] = [];
    let earlyBytes = 0;
    const frames = new DapFrames(MAX_UNKNOWN_BYTES);
    onFrames(socket, frames, (frame) => {
      if (this.#function === socket) return this.#fromFunction(frame, socket);
      const message = toMessage(frame);
      if (message.command !== AUTHORIZE) {
        early.push(frame);
        earlyBytes += frame.byteLength;
        if (earlyBytes > MAX_UNKNOWN_BYTES) socket.destroy();
        return;
      }
      if (this.#function !== undefined || !isToken(message.body?.['clientAccessToken'], this.forFunction.token))
        return void socket.destroy();
      this.#function = socket;
      this.#early = early;
      frames.maxBytes = MAX_BYTES;
      this.#unknown.delete(socket);
      this.#functionServer.close();
      socket.once('close', () => this.end('The debugger was disconnected.'));
      socket.write(request(2, 'initialize', INITIALIZE));
    });
    socket.write(request(1, AUTHORIZE, { debugServerAccessToken: null }));
  }

  #fromFunction(frame: Buffer, socket: Socket): void {
    const message = toMessage(frame);
    if (message.request_seq !== undefined) this.#pending.delete(message.request_seq);
    if (this.#client !== undefined && this.#answeredSeq === undefined) return forward(frame, socket, this.#client);
    const isInitialized = message.type === 'response' && message.command === 'initialize';
    if (!isInitialized) this.#early.push(frame);
    else if (this.#client === undefined) this.#offer(message.body).catch((error: unknown) => this.end(String(error)));
    else if (message.request_seq === this.#answeredSeq) {
      this.#answeredSeq = undefined;
      for (const early of this.#early) forward(early, socket, this.#client);
      this.#early = [];
    }
  }

  /** Lets VS Code connect. `capabilities` are those of debugpy. */
  async #offer(capabilities: DapMessage['body']): Promise<void> {
    const token = newToken();
    const server = await listen();
    server.on('connection', (socket) => this.#acceptClient(socket, { token, capabilities }));
    this.#clientServer = server;
    if (this.#isEnded) server.close();
    else this.#resolve({ port: (server.address() as AddressInfo).port, token });
  }

  #acceptClient(
    socket: Socket,
    { token, capabilities }: { readonly token: string; readonly capabilities: DapMessage['body'] },
  ): void {
    this.#expectAuthentication(socket);
    let initialize: Buffer | undefined;
    const frames = new DapFrames(MAX_UNKNOWN_BYTES);
    const attach = (frame: Buffer, first: Buffer) => {
      this.#client = socket;
      frames.maxBytes = MAX_BYTES;
      this.#unknown.delete(socket);
      this.#clientServer?.close();
      socket.once('close', () => this.#disconnect());
      this.#answeredSeq = toMessage(first).seq;
      this.#function?.write(first);
      this.#toFunction(frame, toMessage(frame), socket);
    };
    onFrames(socket, frames, (frame) => {
      const message = toMessage(frame);
      if (this.#client === socket) return this.#toFunction(frame, message, socket);
      if (message.command === 'initialize' && initialize === undefined) {
        initialize = frame;
        return void socket.write(response(message, capabilities));
      }
      const isAttach = message.command === 'attach' && isToken(message.arguments?.[DEBUGPY_TOKEN], token);
      if (!isAttach || initialize === undefined || this.#client !== undefined || this.#isEnded)
        return void socket.destroy();
      return attach(frame, initialize);
    });
  }

  #disconnect(): void {
    this.onDisconnect();
    this.end('The debugger was disconnected.');
  }

  #toFunction(frame: Buffer, message: DapMessage, client: Socket): void {
    const { type, seq, command = '' } = message;
    if (ENDS.includes(command)) this.#disconnect();
    if (!this.#isEnded && this.#function !== undefined) {
      if (type === 'request') this.#pending.set(seq, message);
      return forward(frame, client, this.#function);
    }
    if (type === 'request') client.write(response(message));
    if (command === 'disconnect') client.end();
  }
}

function newToken(): string {
  return randomBytes(32).toString('hex');
}
