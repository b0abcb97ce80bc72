import type { Connection } from '../src/core/connection/connection.ts';
import type { Draft } from '../src/core/invocation/draft.ts';
import type { ToForm } from '../src/protocol/messages.ts';
import type { ToHost } from '../src/protocol/toHost.ts';
import type { ResultKind } from './result/tabChoice.ts';
import type { TabName } from './result/tabs.ts';

/** State that VS Code stores for a hidden or reloaded form: its draft, never a response. */
export interface FormState {
  readonly draft: Draft;
  /** The draft without edits, to detect whether the form is dirty. */
  readonly baseline: Draft;
  /** The form's own connection, if it isn't the window's. */
  readonly own?: Connection;
}

/** Sizes and choices of the result pane, which survive a reload. */
export interface LayoutState {
  /** The height of the log, in CSS pixels. */
  readonly logHeight?: number;
  /** The selected tab, by kind of result. */
  readonly tabs?: Readonly<Partial<Record<ResultKind, TabName>>>;
}

interface SavedState extends Partial<FormState> {
  readonly layout?: LayoutState;
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

/** Written only by this file. */
const stored = () => api.getState() as SavedState | undefined;

export function savedState(): FormState | undefined {
  const { draft, baseline, own } = stored() ?? {};
  if (draft === undefined || baseline === undefined) return undefined;
  return { draft, baseline, ...(own !== undefined && { own }) };
}

export function saveState(state: FormState): void {
  api.setState({ ...state, layout: savedLayout() } satisfies SavedState);
}

export function savedLayout(): LayoutState {
  return stored()?.layout ?? {};
}

/** Saves some sizes or choices, and keeps the others. */
export function saveLayout(layout: LayoutState): void {
  api.setState({ ...stored(), layout: { ...savedLayout(), ...layout } } satisfies SavedState);
}

/** Listens for updates from the host. */
export function onMessage(listener: (message: ToForm) => void): void {
  window.addEventListener('message', ({ data }: MessageEvent<ToForm>) => listener(data));
}
