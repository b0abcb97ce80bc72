import { fork, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import { endpointEnvironment, startEndpoint, type StartedEndpoint } from '../../app/localEndpoint.ts';
import { lazy } from '../../core/async/lazy.ts';
import { InvokeError } from '../../core/outcome/invokeError.ts';
import type { LocalAddress } from '../../core/invocation/invokeRequest.ts';
import type { LocalEndpointSettings } from '../../core/functions/localEndpointOptions.ts';
import type { ControlRequest } from '../../core/functions/localFunctionView.ts';
import { message } from '../../core/messages/messages.ts';
import type { OutputLog } from '../logs/outputLog.ts';
import { askModal } from '../notify.ts';
import { setting } from '../settings.ts';

/** The endpoint's descriptor of a pipe that closes with this process. The endpoint's watchdog reads it. */
const HOST_PIPE = 4;

interface Started extends StartedEndpoint {
  readonly child: ChildProcess;
}

/** The local endpoint: a separate process that starts on demand and ends with the extension host. */
export class LocalProcess implements vscode.Disposable {
  readonly #dist: string;
  /** The folder for the SDKs of Lambda's runtimes. */
  readonly installedSdks: string;
  /** Where durable executions are stored. There is no storage without a workspace. */
  readonly #durableFolder: { readonly durableFolder?: string };
  readonly #output: Pick<OutputLog, 'writeLine'>;
  readonly placeholders = lazy(async () => (await import('./placeholders.ts')).createPlaceholders(this, askModal));
  #started: Started | undefined;

  /** `output` receives errors of the endpoint that concern no request. */
  constructor(
    {
      extensionUri,
      globalStorageUri,
      storageUri,
    }: Pick<vscode.ExtensionContext, 'extensionUri' | 'globalStorageUri' | 'storageUri'>,
    output: Pick<OutputLog, 'writeLine'>,
  ) {
    this.#dist = `${extensionUri.fsPath}/dist`;
    this.installedSdks = `${globalStorageUri.fsPath}/runtimeSdk`;
    this.#durableFolder = storageUri === undefined ? {} : { durableFolder: `${storageUri.fsPath}/durable` };
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
    return started.ask(request);
  }

  /** Like `ask`, but resolves with undefined if the endpoint isn't running. */
  async askIfRunning(request: ControlRequest): Promise<unknown> {
    return this.#started?.ask(request);
  }

  /** Applies the current folders and settings. Running invocations finish with the previous ones. */
  configure(): void {
    this.#started?.configure(this.#settings());
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
      env: endpointEnvironment(process.env),
      execArgv: [],
      stdio: ['ignore', 'ignore', 'ignore', 'ipc', 'pipe'],
    });
    child.stdio[HOST_PIPE]?.on('error', () => undefined); // the endpoint may end first
    const keys = {
      accessKeyId: `LOCAL${randomBytes(8).toString('hex').toUpperCase()}`,
      secretAccessKey: randomBytes(32).toString('hex'),
    };
    const options = { keys, ...this.#settings(), hostPipe: HOST_PIPE, ...this.#durableFolder };
    const endpoint = startEndpoint(child, options, {
      onProblem: (problem) =>
        this.#output.writeLine(vscode.l10n.t('Unexpected error in the running local endpoint: {0}', problem)),
      onExit: () => {
        if (this.#started?.child === child) this.#started = undefined;
      },
    });
    return { child, ...endpoint };
  }
}
