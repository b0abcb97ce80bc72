import type { Connection } from '../connection/connection.ts';
import type { FunctionSummary } from './functionFacts.ts';
import { parseFunctionName, type FunctionNameParts } from './functionName.ts';
import type { Invocation } from '../invocation/invocation.ts';
import type { Message } from '../messages/messages.ts';
import { requestWarnings } from './requestWarnings.ts';

/** The maximum number of remembered functions. The oldest are dropped first. */
const MAX_KNOWN = 5000;

function keyOf(connection: Connection, { region, accountId = '', name }: FunctionNameParts): string {
  const { profile = '', endpoint = '', region: connectionRegion = '' } = connection.kind === 'aws' ? connection : {};
  return JSON.stringify([connection.kind, profile, endpoint, region ?? connectionRegion, accountId, name]);
}

/** The maximum number of lists of function names. The oldest are dropped first. */
const MAX_LISTS = 10;

function placeOf(connection: Connection): string {
  const { profile = '', endpoint = '', region = '' } = connection.kind === 'aws' ? connection : {};
  return JSON.stringify([connection.kind, profile, endpoint, region]);
}

/** Remembers function configurations read in this window, so that invocations outside a form get warnings too. */
export interface KnownFunctions {
  /** Stores a configuration that Lambda returned. `requested` is the name in the request. */
  remember(connection: Connection, summary: FunctionSummary, requested?: string): void;
  /** Lambda rejected a log tail, which only functions on managed instances don't support. */
  rememberManaged(connection: Connection, FunctionName: string): void;
  /** Whether a function runs on managed instances, from memory only. Undefined if unknown. */
  isManaged(connection: Connection, FunctionName: string): boolean | undefined;
  /** Stores the names of the functions that were listed for a connection. */
  list(connection: Connection, names: readonly string[]): void;
  /** The names of the functions that were listed for a connection, from memory only. */
  listed(connection: Connection): readonly string[];
  /** Forgets the lists, because profiles might belong to other accounts now. */
  forgetLists(): void;
  /** Warnings about an invocation, from memory only. */
  warnings(connection: Connection, invocation: Omit<Invocation, 'payload'>): Message[];
}

/** What is known of a function. Absent fields are unknown. */
type Known = Pick<FunctionSummary, 'isDurable' | 'isManaged'>;

export function createKnownFunctions(): KnownFunctions {
  const known = new Map<string, Known>();
  const lists = new Map<string, readonly string[]>();

  function add(connection: Connection, names: readonly (string | undefined)[], facts: Known): void {
    for (const name of names) {
      const parts = name === undefined ? undefined : parseFunctionName(name);
      if (parts === undefined) continue;
      const key = keyOf(connection, parts);
      const all = { ...known.get(key), ...facts };
      known.delete(key);
      known.set(key, all);
    }
    for (const key of known.keys()) {
      if (known.size <= MAX_KNOWN) break;
      known.delete(key);
    }
  }

  function find(connection: Connection, FunctionName: string): Known | undefined {
    const parts = parseFunctionName(FunctionName);
    return parts && known.get(keyOf(connection, parts));
  }

  return {
    list(connection, names) {
      const place = placeOf(connection);
      lists.delete(place);
      lists.set(place, names.slice(0, MAX_KNOWN));
      for (const oldest of lists.keys()) {
        if (lists.size <= MAX_LISTS) break;
        lists.delete(oldest);
      }
    },
    listed: (connection) => lists.get(placeOf(connection)) ?? [],
    forgetLists: () => lists.clear(),
    remember(connection, { FunctionName, FunctionArn, isDurable, isManaged }, requested = FunctionName) {
      const facts = { ...(isDurable !== undefined && { isDurable }), ...(isManaged !== undefined && { isManaged }) };
      if (Object.keys(facts).length > 0) add(connection, [requested, FunctionArn], facts);
    },
    rememberManaged: (connection, FunctionName) => add(connection, [FunctionName], { isManaged: true }),
    isManaged: (connection, FunctionName) => find(connection, FunctionName)?.isManaged,
    warnings(connection, invocation) {
      const isDurable = find(connection, invocation.FunctionName)?.isDurable;
      if (isDurable === undefined) return [];
      const { DurableExecutionName, FunctionName, Qualifier } = invocation;
      const fields = {
        FunctionName,
        ...(Qualifier !== undefined && { Qualifier }),
        ...(DurableExecutionName !== undefined && { DurableExecutionName }),
      };
      return requestWarnings({ isDurable }, fields).map((warning) => warning.message);
    },
  };
}
