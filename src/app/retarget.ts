import type { Connection } from '../core/connection/connection.ts';
import { parseFunctionName, splitQualifier } from '../core/functions/functionName.ts';
import type { InvocationOrder } from './runInvocation.ts';

/** The function of an order, and its version or alias. */
export function functionOf({ invocation }: Pick<InvocationOrder, 'invocation'>): {
  readonly FunctionName: string;
  readonly Qualifier?: string;
} {
  const { FunctionName, Qualifier: inName } = splitQualifier(invocation.FunctionName);
  const Qualifier = invocation.Qualifier ?? inName;
  return { FunctionName, ...(Qualifier !== undefined && { Qualifier }) };
}

/** An order with another version or alias. An empty one is $LATEST. */
export function withQualifier(order: InvocationOrder, Qualifier: string): InvocationOrder {
  const { Qualifier: _, ...invocation } = order.invocation;
  const { FunctionName } = functionOf(order);
  return {
    ...order,
    invocation: { ...invocation, FunctionName, ...(Qualifier !== '' && { Qualifier }) },
  };
}

/** An order on another AWS connection. Removes the account and region of an ARN, which would take precedence. */
export function withConnection(order: InvocationOrder, connection: Connection): InvocationOrder {
  const { FunctionName, Qualifier } = functionOf(order);
  const name = parseFunctionName(FunctionName)?.name ?? FunctionName;
  return {
    ...order,
    connection,
    invocation: { ...order.invocation, FunctionName: name, ...(Qualifier !== undefined && { Qualifier }) },
  };
}

/** An order with another function, because local and deployed names can differ. Removes the version or alias. */
export function withFunction(order: InvocationOrder, FunctionName: string, connection: Connection): InvocationOrder {
  const { Qualifier: _, ...invocation } = order.invocation;
  return { ...order, connection, invocation: { ...invocation, FunctionName } };
}

/** An order on the target of another one: its function, its version or alias, and its connection. */
export function onTargetOf(
  order: InvocationOrder,
  { invocation: target, connection }: InvocationOrder,
): InvocationOrder {
  const { Qualifier: _, ...invocation } = order.invocation;
  const { FunctionName, Qualifier } = target;
  return {
    ...order,
    connection,
    invocation: { ...invocation, FunctionName, ...(Qualifier !== undefined && { Qualifier }) },
  };
}
