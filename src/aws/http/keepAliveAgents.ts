import type { AsyncLocalStorage } from 'node:async_hooks';
import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { SecureContext } from 'node:tls';
import type { RequestProgress } from '../requestProgress.ts';

/**
 * A pooled socket that was idle for longer may be dead (after sleep, behind a NAT). A request sent on a dead socket has
 * an unknown outcome.
 */
const MAX_IDLE_MS = 5000;

/**
 * Functions may run for 15 minutes without sending data, while NAT gateways drop connections after 350 s of silence.
 */
export const KEEP_ALIVE_MS = 60_000;

/** The certificates to trust, and whether they are verified. */
export interface Trust {
  readonly secureContext?: SecureContext;
  readonly rejectUnauthorized?: boolean;
}

export interface AgentOptions {
  /** The progress of the current request, which records the state of its connection. */
  readonly progresses: AsyncLocalStorage<RequestProgress>;
  readonly now?: () => number;
  /** The timeout for connecting, including the TLS handshake, in milliseconds. */
  readonly connectionTimeoutMs?: number;
}

/** Destroys a socket that doesn't emit `connectedEvent` within the connection timeout. */
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
  /** Closes sockets that were idle for more than 5 s. Call it before each request. */
  closeStaleSockets(): void;
}

/** Node.js agents create connections through this method, which `@types/node` doesn't declare. */
interface ConnectingAgent {
  createConnection(
    options: object,
    callback?: (error: Error | null, socket: Duplex) => void,
  ): Duplex | null | undefined;
}

/**
 * Tracks how long the agents' pooled sockets are idle and returns a function that closes those idle for more than 5 s.
 * Uses the wall clock, which includes time spent in sleep mode.
 */
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
 * Creates agents that reuse sockets only while they are fresh and close idle ones after 5 s. TCP keep-alive probes
 * start after 60 s.
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
    // If another agent is substituted for this one, the connection state is unknown and the request is treated as sent.
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
