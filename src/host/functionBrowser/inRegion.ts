import type { Connection } from '../../core/connection/connection.ts';

/** The connection, in the region of a stack where the connection leaves it open. */
export function inRegion(connection: Connection, { region }: { readonly region?: string }): Connection {
  const isOpen = connection.kind === 'aws' && connection.region === undefined && region !== undefined;
  return isOpen ? { ...connection, region } : connection;
}
