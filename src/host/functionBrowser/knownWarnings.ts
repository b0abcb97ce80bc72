import type { InvocationOrder } from '../../app/runInvocation.ts';
import { createKnownFunctions, type KnownFunctions } from '../../core/functions/knownFunctions.ts';
import { describeFunction } from '../../core/invocation/invocation.ts';
import { sentence } from '../ui/localize.ts';
import { notify } from '../notify.ts';

interface KnownWarnings {
  readonly known: KnownFunctions;
  /** Says what is known to be wrong with an order that no form shows, before it is sent. */
  readonly warn: (order: InvocationOrder) => void;
}

export function createKnownWarnings(): KnownWarnings {
  const known = createKnownFunctions();
  return {
    known,
    warn({ invocation, connection }) {
      for (const warning of known.warnings(connection, invocation)) {
        notify('warning', `${describeFunction(invocation)}: ${sentence(warning)}`);
      }
    },
  };
}
