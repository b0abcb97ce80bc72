import { isSameConnection, type Connection } from '../core/connection/connection.ts';
import { parseFunctionName, splitQualifier } from '../core/functions/functionName.ts';
import type { InvocationOrder } from './runInvocation.ts';

/** What an order is invoked on, without what is sent. */
export interface Target extends Pick<InvocationOrder, 'connection'> {
  readonly FunctionName: string;
  readonly Qualifier?: string;
}

/** The function of an order, and its version or alias. */
export function functionOf({ invocation }: Pick<InvocationOrder, 'invocation'>): {
  readonly FunctionName: string;
  readonly Qualifier?: string;
} {
  const { FunctionName, Qualifier: inName } = splitQualifier(invocation.FunctionName);
  const Qualifier = invocation.Qualifier ?? inName;
  return { FunctionName, ...(Qualifier !== undefined && { Qualifier }) };
}

/** An order with another version or alias. An empty one is the function's default version. */
export function withQualifier(order: InvocationOrder, Qualifier: string): InvocationOrder {
  const { Qualifier: _, ...invocation } = order.invocation;
  const { FunctionName } = functionOf(order);
  return {
    ...order,
    invocation: { ...invocation, FunctionName, ...(Qualifier !== '' && { Qualifier }) },
  };
}

/**
 * An order on another AWS connection. Removes the region of an ARN, which would take precedence. The account stays with the
 * profile, because the function can be in another account than the caller.
 */
export function withConnection(order: InvocationOrder, connection: Connection): InvocationOrder {
  const { FunctionName, Qualifier } = functionOf(order);
  const { name = FunctionName, accountId } = parseFunctionName(FunctionName) ?? {};
  const isSameCaller =
    order.connection.kind === 'aws' && connection.kind === 'aws' && order.connection.profile === connection.profile;
  const named = isSameCaller && accountId !== undefined ? `${accountId}:function:${name}` : name;
  return {
    ...order,
    connection,
    invocation: { ...order.invocation, FunctionName: named, ...(Qualifier !== undefined && { Qualifier }) },
  };
}

/** An order with another function, because local and deployed names can differ. Removes the version or alias. */
export function withFunction(order: InvocationOrder, FunctionName: string, connection: Connection): InvocationOrder {
  const { Qualifier: _, ...invocation } = order.invocation;
  return { ...order, connection, invocation: { ...invocation, FunctionName } };
}

/** The target of an order. */
export function targetOf({ invocation: { FunctionName, Qualifier }, connection }: InvocationOrder): Target {
  return { FunctionName, connection, ...(Qualifier !== undefined && { Qualifier }) };
}

/** Whether two targets are the same function and version, as named. */
export function isSameTarget(one: InvocationOrder, other: InvocationOrder): boolean {
  const [here, there] = [functionOf(one), functionOf(other)];
  const isSameFunction = here.FunctionName === there.FunctionName && here.Qualifier === there.Qualifier;
  return isSameFunction && isSameConnection(one.connection, other.connection);
}

/** An order on another target. */
export function onTarget(order: InvocationOrder, { connection, ...target }: Target): InvocationOrder {
  const { Qualifier: _, ...invocation } = order.invocation;
  return { ...order, connection, invocation: { ...invocation, ...target } };
}
