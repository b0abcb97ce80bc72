import * as vscode from 'vscode';
import { isSameConnection, toStoredConnection, type Connection } from '../../core/connection/connection.ts';
import { hasAwsSetUp } from './awsFiles.ts';
import { CONNECTION_KEY } from './statusItem.ts';

const KEY = CONNECTION_KEY;
const RECENT_KEY = 'recentConnections';
const MAX_RECENT = 5;

/** Stores the selected connection of a workspace: names and addresses, never credentials. */
export class ConnectionStore implements vscode.Disposable {
  readonly #memento: Pick<vscode.Memento, 'get' | 'update'>;
  #first: Connection | undefined;
  readonly #changed = new vscode.EventEmitter<Connection>();
  readonly onDidChange = this.#changed.event;

  constructor(memento: Pick<vscode.Memento, 'get' | 'update'>) {
    this.#memento = memento;
  }

  get(): Connection {
    const stored = this.#memento.get<Connection>(KEY);
    if (stored !== undefined) return toStoredConnection(stored);
    // Resolved once, so that a click uses what the form shows even if the AWS setup changes meanwhile.
    return (this.#first ??= { kind: hasAwsSetUp(process.env) ? 'aws' : 'local' });
  }

  /** Previously selected connections, newest first, without the current one. */
  recent(now: Connection = this.get()): Connection[] {
    const all = this.#memento.get<Connection[]>(RECENT_KEY, []).map(toStoredConnection);
    return all.filter((connection) => !isSameConnection(connection, now));
  }

  async set(connection: Connection): Promise<void> {
    const before = this.get();
    const recent = [before, ...this.recent()].filter((one) => !isSameConnection(one, connection));
    await this.#memento.update(KEY, toStoredConnection(connection));
    await this.#memento.update(RECENT_KEY, recent.slice(0, MAX_RECENT));
    this.#changed.fire(connection);
  }

  dispose(): void {
    this.#changed.dispose();
  }
}
