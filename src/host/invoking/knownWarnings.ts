import type { InvocationOrder } from '../../app/runInvocation.ts';
import type { KnownFunctions } from '../../core/functions/knownFunctions.ts';
import { describeFunction } from '../../core/invocation/invocation.ts';
import { notify } from '../notify.ts';
import { sentence } from '../ui/localize.ts';

/** Shows known warnings for an order from outside a form before it is sent. */
export function createWarnings(known: KnownFunctions) {
  return ({ invocation, connection }: InvocationOrder): void => {
    for (const warning of known.warnings(connection, invocation)) {
      notify('warning', `${describeFunction(invocation)}: ${sentence(warning)}`);
    }
  };
}
