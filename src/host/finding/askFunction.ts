import * as vscode from 'vscode';
import type { Connection } from '../../core/connection.ts';
import { isInvokeError } from '../../core/invokeError.ts';
import { message } from '../../core/messages.ts';
import type { ToForm, ToHost } from '../../protocol/messages.ts';
import type { Connections } from '../connections/connections.ts';
import type { Deployed } from './deployedNames.ts';
import type { FindingFeature } from './findingFeature.ts';

type Asked = Extract<ToHost, { type: 'askFunction' }>;

/** Answers what a form asks about its function. Rejects with InvokeError. */
export type AskFunction = (asked: Asked, connection: Connection, post: (said: ToForm) => void) => Promise<void>;

interface AskDependencies {
  readonly loadFinding: () => Promise<FindingFeature>;
  readonly connections: Pick<Connections, 'store' | 'describe' | 'showIdentity'>;
}

export function createAskFunction({ loadFinding, connections }: AskDependencies): AskFunction {
  async function chosen({ FunctionName, region }: Deployed, connection: Connection): Promise<void> {
    if (region === undefined || connection.kind === 'local') return;
    const view = await connections.describe(connection);
    if (view.kind === 'local' || view.region === region) return;
    // The stack is elsewhere: a request to the connection's region would find no such function.
    await connections.store.set({ ...connection, region });
    const text = vscode.l10n.t(
      '{0} is deployed in {1}: the connection’s region is that one now.',
      FunctionName,
      region,
    );
    void vscode.window.showInformationMessage(text);
  }

  return async (asked, connection, post) => {
    const { what, FunctionName, Qualifier } = asked;
    const named = { FunctionName, ...(Qualifier !== undefined && { Qualifier }) };
    if (what === 'identity') return connections.showIdentity(connection);
    const finding = await loadFinding();
    if (what === 'browse') {
      const found = await finding.browse(connection);
      if (found === undefined) return;
      await chosen(found, connection);
      return post({ type: 'functionChosen', FunctionName: found.FunctionName });
    }
    if (what === 'qualifier') {
      const found = await finding.pickQualifier(connection, named);
      return found === undefined ? undefined : post({ type: 'functionChosen', Qualifier: found });
    }
    if (connection.kind === 'local') return;
    switch (what) {
      case 'facts': {
        post({ type: 'facts', ...named });
        const said = await finding.facts(connection, named).then(
          (facts) => ({ facts }),
          (error: unknown) => ({
            problem: isInvokeError(error) ? error.reason : message('unexpected', String(error)),
          }),
        );
        return post({ type: 'facts', ...named, ...said });
      }
      case 'console':
        return finding.openInConsole(connection, named);
      case 'copyArn':
        return finding.copyArn(connection, named);
      case 'logGroup':
        return finding.openLogGroup(connection, named);
    }
  };
}
