import { toStoredConnection, type Connection, type ConnectionView } from '../../core/connection/connection.ts';
import { isInvokeError } from '../../core/outcome/invokeError.ts';
import { message } from '../../core/messages/messages.ts';

/** A connection whose region and endpoint couldn't be resolved, with the reason. */
export function connectionProblem(chosen: Extract<Connection, { kind: 'aws' }>, error: unknown): ConnectionView {
  const problem = isInvokeError(error) ? error.reason : message('unexpected', String(error));
  return { ...toStoredConnection(chosen), problem };
}
