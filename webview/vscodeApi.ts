import type { Connection } from '../src/core/connection/connection.ts';
import type { Draft } from '../src/core/invocation/draft.ts';
import type { ToForm } from '../src/protocol/messages.ts';
import type { ToHost } from '../src/protocol/toHost.ts';

/** State that VS Code stores for a hidden or reloaded form: its draft, never a response. */
export interface FormState {
  readonly draft: Draft;
  /** The draft without edits, to detect whether the form is dirty. */
  readonly baseline: Draft;
  /** The form's own connection, if it isn't the window's. */
  readonly own?: Connection;
  /** Whether the log shows lines of the platform. */
  readonly hasPlatformLines?: boolean;
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

export function savedState(): FormState | undefined {
  return api.getState() as FormState | undefined; // written only by saveState
}

/** Saves the draft. */
export function saveState(state: FormState): void {
  const hasPlatformLines = savedPlatformLines();
  api.setState({ ...state, ...(hasPlatformLines && { hasPlatformLines }) });
}

export function savedPlatformLines(): boolean {
  return savedState()?.hasPlatformLines === true;
}

/** The form saves its draft when it opens, so there is a state. */
export function savePlatformLines(hasPlatformLines: boolean): void {
  const state = savedState();
  if (state !== undefined) api.setState({ ...state, hasPlatformLines });
}

/** Listens for updates from the host. */
export function onMessage(listener: (message: ToForm) => void): void {
  window.addEventListener('message', ({ data }: MessageEvent<ToForm>) => listener(data));
}
