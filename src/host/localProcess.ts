import { fork, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import { InvokeError } from '../core/invokeError.ts';
import type { LocalAddress } from '../core/invokeRequest.ts';
import { isRecord } from '../core/isRecord.ts';
import { message } from '../core/messages.ts';

interface Started {
  readonly child: ChildProcess;
  readonly address: Promise<LocalAddress>;
}

/** Our own environment without what is VS Code's: the endpoint is plain Node. */
function plainEnvironment(): NodeJS.ProcessEnv {
  const entries = Object.entries(process.env).filter(([name]) => !/^(VSCODE_|ELECTRON_|NODE_OPTIONS$)/.test(name));
  return { ...Object.fromEntries(entries), ELECTRON_RUN_AS_NODE: '1' };
}

function failed(because: string): InvokeError {
  return new InvokeError(message('localNotStarted', because));
}

/** The embedded local endpoint: a process of its own, started when it is first needed, ended with the extension host. */
export class LocalProcess implements vscode.Disposable {
  readonly #dist: string;
  #started: Started | undefined;

  /** `dist` is the folder of the bundles. */
  constructor(dist: string) {
    this.#dist = dist;
  }

  /** Where the endpoint listens; starts it where it does not run. Rejects with InvokeError. */
  async address(): Promise<LocalAddress> {
    if (!vscode.workspace.isTrusted) throw new InvokeError(message('localNeedsTrust'));
    this.#started ??= this.#start();
    return this.#started.address;
  }

  /** Ends the endpoint and its handlers; the next use starts it anew (with the folders there are then). */
  stop(): void {
    this.#started?.child.disconnect();
    this.#started = undefined;
  }

  dispose(): void {
    this.stop();
  }

  #start(): Started {
    const child = fork(`${this.#dist}/localEndpoint.js`, [], {
      env: plainEnvironment(),
      execArgv: [],
      stdio: 'ignore',
    });
    const keys = {
      accessKeyId: `LOCAL${randomBytes(8).toString('hex').toUpperCase()}`,
      secretAccessKey: randomBytes(32).toString('hex'),
    };
    const address = new Promise<LocalAddress>((resolve, reject) => {
      child.once('message', (said: unknown) => {
        if (isRecord(said) && typeof said['endpoint'] === 'string') resolve({ endpoint: said['endpoint'], ...keys });
        else reject(failed(isRecord(said) ? String(said['message']) : String(said)));
      });
      child.once('error', (error) => reject(failed(error.message)));
      child.once('exit', (code) => {
        reject(failed(`exit code ${code ?? 'none'}`));
        if (this.#started?.child === child) this.#started = undefined;
      });
    });
    const folders = (vscode.workspace.workspaceFolders ?? []).filter(({ uri }) => uri.scheme === 'file');
    const options = {
      keys,
      folders: folders.map(({ uri }) => uri.fsPath),
      bootstrapPath: `${this.#dist}/nodeBootstrap.js`,
    };
    child.send({ type: 'start', options });
    return { child, address };
  }
}
