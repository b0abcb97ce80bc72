import { shownAddress } from './endpointAddress.ts';
import type { Message } from '../messages/messages.ts';

/** The selected connection. Absent parts of `aws` come from the default chain, the profile or the environment. */
export type Connection =
  | { readonly kind: 'local' }
  | {
      readonly kind: 'aws';
      readonly profile?: string;
      readonly region?: string;
      /** Overrides the endpoint from settings, environment and profile. */
      readonly endpoint?: string;
    };

/** Whether invocations require confirmation. */
interface ConfirmationRules {
  /** The patterns from the settings, and the profile name to match against them. */
  readonly confirmPatterns?: readonly string[];
  readonly profileName?: string;
  /** The pattern that matches this connection, whatever the function. */
  readonly protectedBy?: string;
}

/** A connection for display, with the effective values for parts that aren't selected. */
export type ConnectionView =
  | ({ readonly kind: 'local' } & ConfirmationRules)
  | (ConfirmationRules & {
      readonly kind: 'aws';
      readonly profile?: string;
      /**
       * The credentials that the default chain uses if no profile is selected: `environment keys`, `AWS_PROFILE dev`.
       */
      readonly chain?: string;
      readonly region?: string;
      /** Variants of AWS's own endpoint. */
      readonly isFips?: boolean;
      readonly isDualStack?: boolean;
      /** A custom endpoint and its source: a setting, an environment variable, or the profile. */
      readonly endpoint?: string;
      readonly endpointSource?: string;
      /** The account and role, if the profile contains them or STS returned them. */
      readonly accountId?: string;
      readonly role?: string;
      /** The config hasn't been read yet, so region and endpoint may still change. */
      readonly isPending?: boolean;
      /** Why the connection can't be used. */
      readonly problem?: Message;
    });

/** Labels for the variants of AWS's own endpoint. */
export function describeVariants(connection: Connection | ConnectionView): string[] {
  const { isFips = false, isDualStack = false }: { isFips?: boolean; isDualStack?: boolean } =
    'isFips' in connection || 'isDualStack' in connection ? connection : {};
  return [...(isFips ? ['FIPS'] : []), ...(isDualStack ? ['dual-stack'] : [])];
}

/** A label for the default chain, with the credentials it uses. */
export function withChain(name: string, chain: string | undefined): string {
  return chain === undefined ? name : `${name} (${chain})`;
}

/**
 * `Local`, or `profile · region · FIPS · endpoint` without unknown parts. The region in a function ARN overrides all
 * others.
 */
export function describeConnection(connection: Connection | ConnectionView, arnRegion?: string): string {
  if (connection.kind === 'local') return 'Local';
  const endpoint = 'endpoint' in connection ? connection.endpoint : undefined;
  const shown = endpoint === undefined ? undefined : shownAddress(endpoint);
  const profile =
    connection.profile ?? withChain('default chain', 'chain' in connection ? connection.chain : undefined);
  return [profile, arnRegion ?? connection.region, ...describeVariants(connection), shown]
    .filter((part) => part !== undefined)
    .join(' · ');
}

/**
 * A connection that is safe to store or send to the form: the endpoint has no user name, password, query or fragment.
 */
export function toStoredConnection<T extends Connection | ConnectionView>(connection: T): T {
  if (connection.kind === 'local' || connection.endpoint === undefined) return connection;
  return { ...connection, endpoint: shownAddress(connection.endpoint) };
}

/** Whether a text looks like a region. Doesn't use a list, because AWS adds new regions. */
export function isRegion(text: string): boolean {
  return /^[a-z]{2,4}(-[a-z]+)+-\d{1,2}$/.test(text);
}

/** Whether two connections are equal. */
export function isSameConnection(a: Connection, b: Connection): boolean {
  if (a.kind === 'local' || b.kind === 'local') return a.kind === b.kind;
  return a.profile === b.profile && a.region === b.region && a.endpoint === b.endpoint;
}
