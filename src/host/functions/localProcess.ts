import { fork, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import { errorText } from '../../core/messages/errorText.ts';
import { InvokeError } from '../../core/outcome/invokeError.ts';
import type { LocalAddress } from '../../core/invocation/invokeRequest.ts';
import { isRecord } from '../../core/json/isRecord.ts';
import type { ControlRequest } from '../../core/functions/localFunctionView.ts';
import { message } from '../../core/messages/messages.ts';
import { setting } from '../settings.ts';

interface Started {
  readonly child: ChildProcess;
  readonly address: Promise<LocalAddress>;
  /** What was asked and is not answered yet, by its id. */
  readonly asked: Map<number, (answer: Record<string, unknown>) => void>;
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
  #lastId = 0;

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

  /** Asks the endpoint's process beside Invoke; starts it where it does not run. Rejects with its own message. */
  async ask(asked: ControlRequest): Promise<unknown> {
    await this.address();
    const started = this.#started;
    if (started === undefined) throw new InvokeError(message('localNotStarted', 'it was stopped'));
    const id = ++this.#lastId;
    return new Promise((resolve, reject) => {
      started.asked.set(id, ({ value, error }) => {
        started.asked.delete(id);
        if (error === undefined) resolve(value);
        else reject(new Error(errorText(error)));
      });
      started.child.send({ type: 'control', id, request: asked });
    });
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
    const asked: Started['asked'] = new Map();
    const address = new Promise<LocalAddress>((resolve, reject) => {
      child.on('message', (said: unknown) => {
        if (isRecord(said) && said['type'] === 'response') {
          asked.get(Number(said['id']))?.(said);
          return;
        }
        if (isRecord(said) && typeof said['endpoint'] === 'string') resolve({ endpoint: said['endpoint'], ...keys });
        else reject(failed(isRecord(said) ? String(said['message']) : String(said)));
      });
      child.once('error', (error) => reject(failed(error.message)));
      child.once('exit', (code) => {
        reject(failed(`exit code ${code ?? 'none'}`));
        for (const answer of asked.values()) answer({ error: `exit code ${code ?? 'none'}` });
        if (this.#started?.child === child) this.#started = undefined;
      });
    });
    const folders = (vscode.workspace.workspaceFolders ?? []).filter(({ uri }) => uri.scheme === 'file');
    const options = {
      keys,
      folders: folders.map(({ uri }) => uri.fsPath),
      runtimes: {
        nodeBootstrap: `${this.#dist}/nodeBootstrap.js`,
        pythonBootstrap: `${this.#dist}/pythonBootstrap.py`,
        node: setting('local.nodePath'),
        python: setting('local.pythonPath'),
      },
      hasCredentials: setting('local.credentials') === 'profile',
      maxProcesses: setting('local.concurrency'),
    };
    child.send({ type: 'start', options });
    return { child, address, asked };
  }
}
