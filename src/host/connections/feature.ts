import { lazyHandlers, type Feature } from '../wiring/feature.ts';
import type { Services } from '../wiring/services.ts';

const NAMES = ['selectProfile', 'selectRegion', 'selectEndpoint', 'logIn', 'showIdentity'] as const;

/** Selects the window's connection and signs in to it. */
export function createConnections({
  connections,
  connectionCommands,
}: Pick<Services, 'connections' | 'connectionCommands'>): Feature<(typeof NAMES)[number]> {
  return { handlers: lazyHandlers(NAMES, connectionCommands), dispose: () => connections.dispose() };
}
