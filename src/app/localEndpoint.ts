import { errorText } from '../core/messages/errorText.ts';
import { message } from '../core/messages/messages.ts';
import type { LocalEndpointOptions, LocalEndpointSettings } from '../core/functions/localEndpointOptions.ts';
import type { ControlRequest } from '../core/functions/localFunctionView.ts';
import type { LocalAddress } from '../core/invocation/invokeRequest.ts';
import { isRecord } from '../core/json/isRecord.ts';
import { InvokeError } from '../core/outcome/invokeError.ts';

/** The process of the local endpoint, as its parent uses it. */
interface EndpointProcess {
  send(message: object): unknown;
  on(event: 'message', listener: (message: unknown) => void): unknown;
  on(event: 'error', listener: (error: Error) => void): unknown;
  once(event: 'exit', listener: (code: number | null) => void): unknown;
}

interface Listeners {
  /** Receives errors of the endpoint that concern no request. */
  readonly onProblem: (problem: string) => void;
  readonly onExit?: () => void;
}

/** A local endpoint that was started. */
export interface StartedEndpoint {
  /** Rejects with InvokeError if it can't start. */
  readonly address: Promise<LocalAddress>;
  /** Sends a control request. Rejects with its error message. */
  ask(request: ControlRequest): Promise<unknown>;
  /** Applies other folders and settings. Running invocations finish with the previous ones. */
  configure(settings: LocalEndpointSettings): void;
}

function failed(because: string): InvokeError {
  return new InvokeError(message('localNotStarted', because));
}

/** The environment without variables of VS Code, because the endpoint runs in plain Node. */
export function endpointEnvironment(
  environment: Readonly<Record<string, string | undefined>>,
): Record<string, string | undefined> {
  const entries = Object.entries(environment).filter(([name]) => !/^(VSCODE_|ELECTRON_|NODE_OPTIONS$)/.test(name));
  return { ...Object.fromEntries(entries), ELECTRON_RUN_AS_NODE: '1' };
}

/** Starts the local endpoint in its process, and talks to it over IPC. */
export function startEndpoint(
  child: EndpointProcess,
  options: LocalEndpointOptions,
  { onProblem, onExit }: Listeners,
): StartedEndpoint {
  /** Pending requests by ID. */
  const pending = new Map<number, (answer: Record<string, unknown>) => void>();
  let lastId = 0;
  const address = new Promise<LocalAddress>((resolve, reject) => {
    child.on('message', (received) => {
      if (isRecord(received) && received['type'] === 'response') pending.get(Number(received['id']))?.(received);
      else if (isRecord(received) && received['type'] === 'problem') onProblem(errorText(received['message']));
      else if (isRecord(received) && typeof received['endpoint'] === 'string')
        resolve({ endpoint: received['endpoint'], ...options.keys });
      else reject(failed(isRecord(received) ? String(received['message']) : String(received)));
    });
    child.on('error', (error) => reject(failed(error.message))); // also if the channel closes while sending
    child.once('exit', (code) => {
      const because = `exit code ${code ?? 'none'}`;
      reject(failed(because));
      for (const answer of pending.values()) answer({ error: because });
      onExit?.();
    });
  });
  child.send({ type: 'start', options });
  return {
    address,
    ask(request) {
      const id = ++lastId;
      return new Promise((resolve, reject) => {
        pending.set(id, ({ value, error }) => {
          pending.delete(id);
          if (error === undefined) resolve(value);
          else reject(new Error(errorText(error)));
        });
        child.send({ type: 'control', id, request });
      });
    },
    configure: (settings) => void child.send({ type: 'configure', settings }),
  };
}
