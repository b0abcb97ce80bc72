import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import type { Duplex } from 'node:stream';

/** A pooled socket that was idle for longer may be dead (a laptop's sleep, a NAT): then nobody knows what ran. */
const MOST_IDLE_MS = 5000;

export interface FreshAgents {
  readonly httpAgent: HttpAgent;
  readonly httpsAgent: HttpsAgent;
  /** Closes the sockets that have been idle for more than 5 s. Called before each request. */
  dropStale(): void;
}

/** Keep-alive agents whose sockets are reused only while they are fresh. Times by the wall clock, so sleep counts. */
export function createFreshAgents(now: () => number = Date.now): FreshAgents {
  const idleSince = new WeakMap<Duplex, number>();
  const agents = {
    httpAgent: new HttpAgent({ keepAlive: true }),
    httpsAgent: new HttpsAgent({ keepAlive: true }),
  };
  for (const agent of Object.values(agents)) {
    agent.on('free', (socket: Duplex) => idleSince.set(socket, now()));
  }
  return {
    ...agents,
    dropStale() {
      for (const agent of Object.values(agents)) {
        for (const socket of Object.values(agent.freeSockets).flat()) {
          if (socket !== undefined && now() - (idleSince.get(socket) ?? 0) > MOST_IDLE_MS) socket.destroy();
        }
      }
    },
  };
}
