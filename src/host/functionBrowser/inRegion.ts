import type { Connection } from '../../core/connection/connection.ts';

/** The connection with the region of a stack, unless it has one. */
export function inRegion(connection: Connection, { region }: { readonly region?: string }): Connection {
  const isOpen = connection.kind === 'aws' && connection.region === undefined && region !== undefined;
  return isOpen ? { ...connection, region } : connection;
}
