import { isSameConnection, type Connection } from '../../core/connection/connection.ts';
import { isInvokeError } from '../../core/outcome/invokeError.ts';
import { message } from '../../core/messages/messages.ts';
import type { ToForm } from '../../protocol/messages.ts';
import type { ToHost } from '../../protocol/toHost.ts';
import type { Services } from '../wiring/services.ts';
import { inRegion } from './inRegion.ts';

type Request = Extract<ToHost, { type: 'functionAction' }>;

/** The form that requests it. */
interface RequestingForm {
  readonly post: (result: ToForm) => void;
  readonly useConnection: (connection: Connection) => void;
  /** Fires when the form is closed, requests the same again, or has another connection. */
  readonly signal: AbortSignal;
}

/** Runs an action of a form on its function. Rejects with InvokeError. */
export type RunFunctionAction = (request: Request, connection: Connection, form: RequestingForm) => Promise<void>;

export function createFunctionActions({
  functionBrowser,
  connectionCommands,
  follow,
  statistics,
}: Pick<Services, 'functionBrowser' | 'connectionCommands' | 'follow' | 'statistics'>): RunFunctionAction {
  return async (request, connection, { post, useConnection, signal }) => {
    const { action, FunctionName, Qualifier } = request;
    const named = { FunctionName, ...(Qualifier !== undefined && { Qualifier }) };
    if (action === 'identity') return (await connectionCommands()).showIdentity(connection, signal);
    if (action === 'statistics') return (await statistics()).open({ FunctionName, connection });
    if (action === 'followLog') return (await follow()).open([{ FunctionName, connection }]);
    const browser = await functionBrowser();
    if (action === 'browse') {
      const found = await browser.browse(connection, signal);
      if (found === undefined || signal.aborted) return;
      post({ type: 'functionChosen', FunctionName: found.FunctionName });
      // The stack can be in another region than the profile.
      const there = inRegion(connection, found);
      return isSameConnection(there, connection) ? undefined : useConnection(there);
    }
    if (action === 'qualifier') {
      const found = await browser.pickQualifier(connection, named, signal);
      return found === undefined ? undefined : post({ type: 'functionChosen', Qualifier: found });
    }
    if (connection.kind === 'local') return;
    switch (action) {
      case 'facts': {
        post({ type: 'facts', ...named });
        const result = await browser.facts(connection, named, signal).then(
          (facts) => ({ facts }),
          (error: unknown) => ({
            problem: isInvokeError(error) ? error.reason : message('unexpected', String(error)),
          }),
        );
        return signal.aborted ? undefined : post({ type: 'facts', ...named, ...result });
      }
      case 'console':
        return browser.openInConsole(connection, named);
      case 'copyArn':
        return browser.copyArn(connection, named, signal);
      case 'logGroup':
        return browser.openLogGroup(connection, named, signal);
    }
  };
}
