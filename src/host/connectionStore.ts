import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import type { Connection } from '../core/connection.ts';

const KEY = 'connection';

/** Whether this machine shows any sign of AWS: then the default chain comes first, else Local. */
function hasAwsSetUp(environment: NodeJS.ProcessEnv): boolean {
  const variables = [
    'AWS_ACCESS_KEY_ID',
    'AWS_PROFILE',
    'AWS_WEB_IDENTITY_TOKEN_FILE',
    'AWS_CONTAINER_CREDENTIALS_RELATIVE_URI',
    'AWS_CONTAINER_CREDENTIALS_FULL_URI',
  ];
  const files = [
    environment['AWS_CONFIG_FILE'] ?? join(homedir(), '.aws', 'config'),
    environment['AWS_SHARED_CREDENTIALS_FILE'] ?? join(homedir(), '.aws', 'credentials'),
  ];
  return variables.some((name) => environment[name] !== undefined) || files.some((path) => existsSync(path));
}

/** The chosen connection, remembered for each workspace. Holds names only, never credentials. */
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
    if (stored !== undefined) return stored;
    // Found out once: what the form shows stays what a click uses, also when the machine's set-up changes meanwhile.
    return (this.#first ??= { kind: hasAwsSetUp(process.env) ? 'aws' : 'local' });
  }

  async set(connection: Connection): Promise<void> {
    await this.#memento.update(KEY, connection);
    this.#changed.fire(connection);
  }

  dispose(): void {
    this.#changed.dispose();
  }
}
