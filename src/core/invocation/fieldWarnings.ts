import { parseFunctionName } from '../functions/functionName.ts';
import type { Invocation } from './invocation.ts';
import { isRecord } from '../json/isRecord.ts';
import { message, type Message } from '../messages/messages.ts';
import type { Problem } from './validate.ts';

/** The ClientContext keys that every runtime passes to the function. */
const CONTEXT_KEYS = new Set(['client', 'custom', 'env']);

/** Partitions by region prefix. Source: AWS partitions. */
const PARTITIONS: readonly (readonly [partition: string, region: RegExp])[] = [
  ['aws-cn', /^cn-/],
  ['aws-us-gov', /^us-gov-/],
  ['aws-eusc', /^eusc-/],
  ['aws', /^(?!cn-|us-gov-|eusc-|[a-z]{2}-iso)/],
];

function* nameWarnings(FunctionName: string, connectionRegion: string | undefined): Generator<Message> {
  const { partition, region } = parseFunctionName(FunctionName) ?? {};
  if (region === undefined) return;
  const regions = PARTITIONS.find(([name]) => name === partition)?.[1];
  if (partition !== undefined && regions?.test(region) === false) {
    yield message('arnRegionPartition', partition, region);
  }
  if (connectionRegion !== undefined && region !== connectionRegion) {
    yield message('arnRegionCounts', region, connectionRegion);
  }
}

function contextKeys(ClientContext: string): string[] {
  try {
    const value: unknown = JSON.parse(ClientContext);
    return isRecord(value) ? Object.keys(value).filter((key) => !CONTEXT_KEYS.has(key)) : [];
  } catch {
    return [];
  }
}

function warning(field: Problem['field'], text: Message): Problem {
  return { field, message: text, isWarning: true };
}

/**
 * Warnings that don't block sending: a region other than the connection's, an ARN whose partition has no such region,
 * spaces around a tenant ID, and ClientContext keys that not every runtime passes on. Source: Lambda's runtime
 * interface clients, AWS partitions.
 */
export function fieldWarnings(fields: Omit<Invocation, 'payload'>, connectionRegion?: string): Problem[] {
  const { FunctionName, TenantId, ClientContext } = fields;
  const [key] = ClientContext === undefined ? [] : contextKeys(ClientContext);
  return [
    ...[...nameWarnings(FunctionName, connectionRegion)].map((text) => warning('FunctionName', text)),
    ...(TenantId !== undefined && TenantId !== TenantId.trim() ? [warning('TenantId', message('tenantIdSpaces'))] : []),
    ...(key === undefined ? [] : [warning('ClientContext', message('clientContextKeys', key))]),
  ];
}
