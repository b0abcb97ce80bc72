import { shownAddress } from './endpointAddress.ts';
import type { Message } from '../messages/messages.ts';

/** What a person chose to invoke with. Absent parts of `aws` come from the default chain, the profile or the environment. */
export type Connection =
  | { readonly kind: 'local' }
  | {
      readonly kind: 'aws';
      readonly profile?: string;
      readonly region?: string;
      /** An address that counts before all that settings, environment and profile name. */
      readonly endpoint?: string;
    };

/** Whether invocations are asked about. */
interface Guarded {
  /** The patterns of the settings, and the profile they are held against. */
  readonly guards?: readonly string[];
  readonly profileName?: string;
  /** The pattern that this connection matches by itself, whatever the function. */
  readonly protectedBy?: string;
}

/** A connection as it is shown: what was found for the parts nobody chose. */
export type ConnectionView =
  | ({ readonly kind: 'local' } & Guarded)
  | (Guarded & {
      readonly kind: 'aws';
      readonly profile?: string;
      /** Where nobody chose a profile, what the default chain uses: `environment keys`, `AWS_PROFILE dev`. */
      readonly chain?: string;
      readonly region?: string;
      /** The variants of AWS's own endpoint. */
      readonly isFips?: boolean;
      readonly isDualStack?: boolean;
      /** Where an endpoint other than AWS's own is named: a setting, an environment variable, or the profile. */
      readonly endpoint?: string;
      readonly endpointFrom?: string;
      /** The account and the role, where the profile tells them or they were asked for. */
      readonly accountId?: string;
      readonly role?: string;
      /** The config has not been read yet: region and endpoint may still change. */
      readonly isPending?: boolean;
      /** Why it cannot be used as it is. */
      readonly problem?: Message;
    });

/** The variants of AWS's own endpoint, as they are shown. */
export function describeVariants(connection: Connection | ConnectionView): string[] {
  const { isFips = false, isDualStack = false }: { isFips?: boolean; isDualStack?: boolean } =
    'isFips' in connection || 'isDualStack' in connection ? connection : {};
  return [...(isFips ? ['FIPS'] : []), ...(isDualStack ? ['dual-stack'] : [])];
}

/** A name for the default chain, with what it uses. */
export function withChain(name: string, chain: string | undefined): string {
  return chain === undefined ? name : `${name} (${chain})`;
}

/** `Local`, or `profile · region · FIPS · endpoint` with what is known. A region in the function's ARN counts before all others. */
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

/** A connection as it may be stored or reach the form: what an address carries beside its server stays out. */
export function toStoredConnection<T extends Connection | ConnectionView>(connection: T): T {
  if (connection.kind === 'local' || connection.endpoint === undefined) return connection;
  return { ...connection, endpoint: shownAddress(connection.endpoint) };
}

/** Whether a text has the form of a region. New regions appear: the form is checked, not a list. */
export function isRegion(text: string): boolean {
  return /^[a-z]{2,4}(-[a-z]+)+-\d{1,2}$/.test(text);
}

/** Whether two connections are the same choice, in whatever order their parts were chosen. */
export function isSameConnection(one: Connection, other: Connection): boolean {
  if (one.kind === 'local' || other.kind === 'local') return one.kind === other.kind;
  return one.profile === other.profile && one.region === other.region && one.endpoint === other.endpoint;
}
