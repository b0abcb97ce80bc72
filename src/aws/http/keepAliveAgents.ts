import type { AsyncLocalStorage } from 'node:async_hooks';
import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { SecureContext } from 'node:tls';
import type { RequestProgress } from '../requestProgress.ts';

/** A pooled socket that was idle for longer may be dead (a laptop's sleep, a NAT): then nobody knows what ran. */
const MAX_IDLE_MS = 5000;

/** Functions are silent for up to 15 minutes, and NATs drop connections that are silent for 350 s. */
export const KEEP_ALIVE_MS = 60_000;

/** What certificates count, and whether they must. */
export interface Trust {
  readonly secureContext?: SecureContext;
  readonly rejectUnauthorized?: boolean;
}

export interface AgentOptions {
  /** The request that a connection is made for: the state of its connection is written there. */
  readonly progresses: AsyncLocalStorage<RequestProgress>;
  readonly now?: () => number;
  /** How long a connection, TLS included, may take to stand, in milliseconds. */
  readonly connectionTimeoutMs?: number;
}

/** Ends a connection that isn't made in time: TCP, and TLS where there is any. */
export function limitConnecting(
  socket: Socket,
  connectedEvent: 'connect' | 'secureConnect',
  { connectionTimeoutMs }: AgentOptions,
): void {
  if (connectionTimeoutMs === undefined) return;
  const timer = setTimeout(() => {
    const error = new Error(`no connection within ${connectionTimeoutMs} ms`);
    socket.destroy(Object.assign(error, { code: 'ETIMEDOUT', syscall: 'connect' }));
  }, connectionTimeoutMs);
  for (const event of [connectedEvent, 'close'] as const) socket.once(event, () => clearTimeout(timer));
}

export interface KeepAliveAgents {
  readonly httpAgent: HttpAgent;
  readonly httpsAgent: HttpAgent;
  /** Closes the sockets that have been idle for more than 5 s. Called before each request. */
  closeStaleSockets(): void;
}

/** Node's agents make their connections here; the types leave it out. */
interface ConnectingAgent {
  createConnection(
    options: object,
    callback?: (error: Error | null, socket: Duplex) => void,
  ): Duplex | null | undefined;
}

/** Lets keep-alive agents reuse their sockets only while these are fresh. Idle times go by the wall clock: sleep counts. */
export function trackIdleSockets(agents: readonly HttpAgent[], now: () => number = Date.now): () => void {
  const idleSince = new WeakMap<Duplex, number>();
  function closeStaleSockets(): void {
    for (const agent of agents) {
      for (const socket of Object.values(agent.freeSockets).flat()) {
        if (socket !== undefined && now() - (idleSince.get(socket) ?? 0) > MAX_IDLE_MS) socket.destroy();
      }
    }
  }
  for (const agent of agents) {
    agent.on('free', (socket: Socket) => {
      idleSince.set(socket, now());
      setTimeout(closeStaleSockets, MAX_IDLE_MS + 1).unref();
    });
  }
  return closeStaleSockets;
}

/**
 * Keep-alive agents whose sockets are reused only while they are fresh; a timer closes what nobody needs again. TCP
 * keep-alive is on, its first probe after 60 s.
 */
export function createKeepAliveAgents(agentOptions: AgentOptions, trust: Trust = {}): KeepAliveAgents {
  const { progresses, now } = agentOptions;
  const agents = {
    httpAgent: new HttpAgent({ keepAlive: true, keepAliveMsecs: KEEP_ALIVE_MS }),
    httpsAgent: new HttpsAgent({ keepAlive: true, keepAliveMsecs: KEEP_ALIVE_MS, ...trust }),
  };
  for (const [agent, connectedEvent] of [
    [agents.httpAgent, 'connect'],
    [agents.httpsAgent, 'secureConnect'],
  ] as const) {
    const connecting = agent as unknown as ConnectingAgent;
    const connect = connecting.createConnection.bind(agent);
    // Another agent may stand in for ours: then nothing is known, and the request counts as sent.
    connecting.createConnection = (options, callback) => {
      const progress = progresses.getStore();
      const socket = connect(options, callback) as Socket | null | undefined;
      if (!socket) return socket;
      socket.setKeepAlive(true, KEEP_ALIVE_MS);
      limitConnecting(socket, connectedEvent, agentOptions);
      if (progress === undefined) return socket;
      progress.isConnecting = true;
      socket.once(connectedEvent, () => {
        progress.isConnecting = false;
      });
      return socket;
    };
  }
  return { ...agents, closeStaleSockets: trackIdleSockets(Object.values(agents), now) };
}
