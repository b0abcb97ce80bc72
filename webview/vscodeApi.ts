import type { Connection } from '../src/core/connection/connection.ts';
import type { Draft } from '../src/core/invocation/draft.ts';
import type { ToForm } from '../src/protocol/messages.ts';
import type { ToHost } from '../src/protocol/toHost.ts';

/** What VS Code keeps for a form while it is hidden and over a reload: its draft, never a response. */
export interface FormState {
  readonly draft: Draft;
  /** What the draft is compared with to know whether something was typed. */
  readonly baseline: Draft;
  /** The form's own connection, where it is not the window's. */
  readonly own?: Connection;
}

interface VsCodeApi {
  postMessage(message: unknown): void;
  getState(): unknown;
  setState(state: unknown): void;
}

declare function acquireVsCodeApi(): VsCodeApi;

const api = acquireVsCodeApi();

export function post(message: ToHost): void {
  api.postMessage(message);
}

export function keptState(): FormState | undefined {
  return api.getState() as FormState | undefined; // only setState below writes it
}

export function keepState(state: FormState): void {
  api.setState(state);
}

/** Listens for the host's snapshots. */
export function onMessage(listener: (message: ToForm) => void): void {
  window.addEventListener('message', ({ data }: MessageEvent<ToForm>) => listener(data));
}
