import type { Message } from '../messages/messages.ts';

/** A local function as it is listed. Time in seconds, memory in MB; paths are those of the file system. */
export interface LocalFunctionView {
  readonly name: string;
  readonly otherNames: readonly string[];
  readonly runtime: string;
  readonly handler: string;
  readonly timeout: number;
  readonly memorySize: number;
  /** The workspace folder. */
  readonly folder: string;
  /** The template or presets file that describes it; `fileName` is relative to the workspace folder, `line` 1-based. */
  readonly file: string;
  readonly fileName: string;
  readonly line?: number;
  /** The file its handler stands in, where there is one. */
  readonly source?: string;
  /** Why it cannot run here. */
  readonly obstacle?: Message;
  /** What is different here. */
  readonly notes: readonly Message[];
  readonly canDebug: boolean;
}

/** What the local endpoint is asked beside Invoke. */
export type ControlRequest =
  { readonly what: 'functions' } | { readonly what: 'log' | 'restart' | 'debug'; readonly name: string };

/** The functions of the workspace, and what of it could not be read. */
export interface LocalFunctionsView {
  readonly functions: readonly LocalFunctionView[];
  readonly problems: readonly Message[];
}
