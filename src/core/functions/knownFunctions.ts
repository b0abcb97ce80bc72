import type { Connection } from '../connection/connection.ts';
import { factWarnings, type FunctionSummary } from './functionFacts.ts';
import { parseFunctionName, type FunctionNameParts } from './functionName.ts';
import type { Invocation } from '../invocation/invocation.ts';
import type { Message } from '../messages/messages.ts';

/** The maximum number of remembered functions. The oldest are dropped first. */
const MAX_KNOWN = 5000;

function keyOf(connection: Connection, { region, accountId = '', name }: FunctionNameParts): string {
  const { profile = '', endpoint = '', region: connectionRegion = '' } = connection.kind === 'aws' ? connection : {};
  return JSON.stringify([connection.kind, profile, endpoint, region ?? connectionRegion, accountId, name]);
}

/** Remembers function configurations read in this window, so that invocations outside a form get warnings too. */
export interface KnownFunctions {
  /** Stores a configuration that Lambda returned. `requested` is the name in the request. */
  remember(connection: Connection, summary: FunctionSummary, requested?: string): void;
  /** Warnings about an invocation, from memory only. */
  warnings(connection: Connection, invocation: Omit<Invocation, 'payload'>): Message[];
}

export function createKnownFunctions(): KnownFunctions {
  const known = new Map<string, boolean>();
  return {
    remember(connection, { FunctionName, FunctionArn, isDurable }, requested = FunctionName) {
      if (isDurable === undefined) return;
      for (const name of [requested, FunctionArn]) {
        const parts = name === undefined ? undefined : parseFunctionName(name);
        if (parts === undefined) continue;
        const key = keyOf(connection, parts);
        known.delete(key);
        known.set(key, isDurable);
      }
      for (const key of known.keys()) {
        if (known.size <= MAX_KNOWN) break;
        known.delete(key);
      }
    },
    warnings(connection, invocation) {
      const parts = parseFunctionName(invocation.FunctionName);
      const isDurable = parts && known.get(keyOf(connection, parts));
      if (isDurable === undefined) return [];
      const facts = { FunctionName: invocation.FunctionName, isDurable, notes: [] };
      const { DurableExecutionName, FunctionName, Qualifier } = invocation;
      const fields = {
        FunctionName,
        ...(Qualifier !== undefined && { Qualifier }),
        ...(DurableExecutionName !== undefined && { DurableExecutionName }),
      };
      return factWarnings(facts, fields).map((warning) => warning.message);
    },
  };
}
