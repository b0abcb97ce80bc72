import { fork, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import { lazy } from '../../core/async/lazy.ts';
import { errorText } from '../../core/messages/errorText.ts';
import { InvokeError } from '../../core/outcome/invokeError.ts';
import type { LocalAddress } from '../../core/invocation/invokeRequest.ts';
import { isRecord } from '../../core/json/isRecord.ts';
import type { LocalEndpointOptions, LocalEndpointSettings } from '../../core/functions/localEndpointOptions.ts';
import type { ControlRequest } from '../../core/functions/localFunctionView.ts';
import { message } from '../../core/messages/messages.ts';
import type { OutputLog } from '../logs/outputLog.ts';
import { askModal } from '../notify.ts';
import { setting } from '../settings.ts';

/** The endpoint's descriptor of a pipe that closes with this process. The endpoint's watchdog reads it. */
const HOST_PIPE = 4;

interface Started {
  readonly child: ChildProcess;
  readonly address: Promise<LocalAddress>;
  /** Pending requests by ID. */
  readonly pending: Map<number, (answer: Record<string, unknown>) => void>;
}

/** The environment without variables of VS Code, because the endpoint runs in plain Node. */
function plainEnvironment(): NodeJS.ProcessEnv {
  const entries = Object.entries(process.env).filter(([name]) => !/^(VSCODE_|ELECTRON_|NODE_OPTIONS$)/.test(name));
  return { ...Object.fromEntries(entries), ELECTRON_RUN_AS_NODE: '1' };
}

function failed(because: string): InvokeError {
  return new InvokeError(message('localNotStarted', because));
}

/** The local endpoint: a separate process that starts on demand and ends with the extension host. */
export class LocalProcess implements vscode.Disposable {
  readonly #dist: string;
  /** The folder for the SDKs of Lambda's runtimes. */
  readonly installedSdks: string;
  readonly #output: Pick<OutputLog, 'writeLine'>;
  readonly placeholders = lazy(async () => (await import('./placeholders.ts')).createPlaceholders(this, askModal));
  #started: Started | undefined;
  #lastId = 0;

  /** `output` receives errors of the endpoint that concern no request. */
  constructor(
    { extensionUri, globalStorageUri }: Pick<vscode.ExtensionContext, 'extensionUri' | 'globalStorageUri'>,
    output: Pick<OutputLog, 'writeLine'>,
  ) {
    this.#dist = `${extensionUri.fsPath}/dist`;
    this.installedSdks = `${globalStorageUri.fsPath}/runtimeSdk`;
    this.#output = output;
  }

  /** The address of the endpoint, which is started if needed. Rejects with InvokeError. */
  async address(): Promise<LocalAddress> {
    if (!vscode.workspace.isTrusted) throw new InvokeError(message('localNeedsTrust'), { needsTrust: true });
    this.#started ??= this.#start();
    return this.#started.address;
  }

  /** Sends a control request to the endpoint, which is started if needed. Rejects with its error message. */
  async ask(request: ControlRequest): Promise<unknown> {
    await this.address();
    const started = this.#started;
    if (started === undefined) throw new InvokeError(message('localStopped'));
    return this.#send(started, request);
  }

  /** Like `ask`, but resolves with undefined if the endpoint isn't running. */
  async askIfRunning(request: ControlRequest): Promise<unknown> {
    return this.#started && this.#send(this.#started, request);
  }

  #send(started: Started, request: ControlRequest): Promise<unknown> {
    const id = ++this.#lastId;
    return new Promise((resolve, reject) => {
      started.pending.set(id, ({ value, error }) => {
        started.pending.delete(id);
        if (error === undefined) resolve(value);
        else reject(new Error(errorText(error)));
      });
      started.child.send({ type: 'control', id, request });
    });
  }

  /** Applies the current folders and settings. Running invocations finish with the previous ones. */
  configure(): void {
    this.#started?.child.send({ type: 'configure', settings: this.#settings() });
  }

  /** Stops the endpoint and its handlers. */
  dispose(): void {
    const child = this.#started?.child;
    this.#started = undefined;
    child?.disconnect();
    child?.stdio[HOST_PIPE]?.destroy();
  }

  #settings(): LocalEndpointSettings {
    const folders = (vscode.workspace.workspaceFolders ?? []).filter(({ uri }) => uri.scheme === 'file');
    return {
      folders: folders.map(({ uri }) => uri.fsPath),
      templates: { include: setting('templates.include'), exclude: setting('templates.exclude') },
      layers: setting('local.layers'),
      runtimes: {
        nodeBootstrap: `${this.#dist}/nodeBootstrap.js`,
        pythonBootstrap: `${this.#dist}/pythonRuntime/bootstrap.py`,
        node: setting('local.nodePath'),
        python: setting('local.pythonPath'),
        nodeSdk: setting('local.nodeSdkPath'),
        pythonSdk: setting('local.pythonSdkPath'),
        installedSdks: this.installedSdks,
      },
      hasCredentials: setting('local.credentials') === 'profile',
      maxProcesses: setting('local.concurrency'),
    };
  }

  #start(): Started {
    const child = fork(`${this.#dist}/localEndpoint.js`, [], {
      env: plainEnvironment(),
      execArgv: [],
      stdio: ['ignore', 'ignore', 'ignore', 'ipc', 'pipe'],
    });
    child.stdio[HOST_PIPE]?.on('error', () => undefined); // the endpoint may end first
    const keys = {
      accessKeyId: `LOCAL${randomBytes(8).toString('hex').toUpperCase()}`,
      secretAccessKey: randomBytes(32).toString('hex'),
    };
    const pending: Started['pending'] = new Map();
    const address = new Promise<LocalAddress>((resolve, reject) => {
      child.on('message', (received: unknown) => {
        if (isRecord(received) && received['type'] === 'response') {
          pending.get(Number(received['id']))?.(received);
          return;
        }
        if (isRecord(received) && received['type'] === 'problem') {
          const problem = errorText(received['message']);
          this.#output.writeLine(vscode.l10n.t('Unexpected error in the running local endpoint: {0}', problem));
          return;
        }
        if (isRecord(received) && typeof received['endpoint'] === 'string')
          resolve({ endpoint: received['endpoint'], ...keys });
        else reject(failed(isRecord(received) ? String(received['message']) : String(received)));
      });
      child.on('error', (error) => reject(failed(error.message))); // also if the channel closes while sending
      child.once('exit', (code) => {
        reject(failed(`exit code ${code ?? 'none'}`));
        for (const answer of pending.values()) answer({ error: `exit code ${code ?? 'none'}` });
        if (this.#started?.child === child) this.#started = undefined;
      });
    });
    const options: LocalEndpointOptions = { keys, ...this.#settings(), hostPipe: HOST_PIPE };
    child.send({ type: 'start', options });
    return { child, address, pending };
  }
}
