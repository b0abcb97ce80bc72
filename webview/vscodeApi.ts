import type { Connection } from '../src/core/connection/connection.ts';
import type { Draft } from '../src/core/invocation/draft.ts';
import type { PresetOrigin } from '../src/core/presets/presetOrigin.ts';
import type { StoredFollowed } from '../src/protocol/followMessages.ts';
import type { ToForm } from '../src/protocol/messages.ts';
import type { ToHost } from '../src/protocol/toHost.ts';
import type { ResultKind } from './result/tabChoice.ts';
import type { TabName } from './result/tabs.ts';

/** An element with the focus, and its caret. */
export interface SavedFocus {
  readonly id: string;
  /** Offsets in UTF-16 units. */
  readonly start?: number;
  readonly end?: number;
}

/** Sizes and choices of the page, which survive a reload. */
export interface LayoutState {
  /** The width of the request, in percent of the page. */
  readonly requestWidth?: number | undefined;
  /** The pane that a narrow window shows. */
  readonly pane?: 'request' | 'response';
  /** The height of the log, in CSS pixels. */
  readonly logHeight?: number;
  /** The selected tab, by kind of result. */
  readonly tabs?: Readonly<Partial<Record<ResultKind, TabName>>>;
}

/** State that VS Code stores for a hidden or reloaded form: its draft and layout, never a response. */
interface PageState {
  readonly draft?: Draft;
  /** The draft without edits, to detect whether the form is dirty. */
  readonly baseline?: Draft;
  /** The form's own connection, if it isn't the window's. */
  readonly own?: Connection | undefined;
  /** The preset that the draft comes from. */
  readonly preset?: PresetOrigin | undefined;
  /** The inline payload is also open in an editor. */
  readonly isInEditor?: boolean;
  readonly editorId?: string | undefined;
  readonly focus?: SavedFocus | undefined;
  readonly layout?: LayoutState;
  /** Whether the log shows lines of the platform. */
  readonly hasPlatformLines?: boolean;
  /** The functions of a page that follows logs. */
  readonly followed?: readonly StoredFollowed[];
}

interface VsCodeApi {
  postMessage(message: unknown): void;
  getState(): unknown;
  setState(state: unknown): void;
}

declare function acquireVsCodeApi(): VsCodeApi;

declare global {
  /** Shared by the bundles of a page, because VS Code returns its API only once. */
  var page: { readonly api: VsCodeApi; state: PageState } | undefined;
}

function connect(): NonNullable<typeof globalThis.page> {
  const api = acquireVsCodeApi();
  return { api, state: api.getState() ?? {} };
}

const page = (globalThis.page ??= connect());

export function post(message: ToHost): void {
  page.api.postMessage(message);
}

export function savedState(): PageState {
  return page.state;
}

/** Stores a part of the state. The rest stays as it is. */
export function saveState(change: PageState): void {
  page.state = { ...page.state, ...change };
  page.api.setState(page.state);
}

export function savedLayout(): LayoutState {
  return page.state.layout ?? {};
}

/** Stores some sizes or choices. The others stay as they are. */
export function saveLayout(layout: LayoutState): void {
  saveState({ layout: { ...page.state.layout, ...layout } });
}

/** Listens for updates from the host. */
export function onMessage(listener: (message: ToForm) => void): void {
  window.addEventListener('message', ({ data }: MessageEvent<ToForm>) => listener(data));
}
