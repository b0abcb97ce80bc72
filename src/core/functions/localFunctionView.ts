import type { ExecutionAction } from '../durable/executionView.ts';
import type { Message } from '../messages/messages.ts';

/** An event of a function in its template. */
export interface TemplateEvent {
  /** Its key, such as `UploadedPhoto`. The Serverless Framework's events have none. */
  readonly name?: string;
  /** `S3`, `Api`, `Schedule` … */
  readonly type: string;
}

/** A local function for display. Timeout in seconds, memory in MB. Paths are file system paths. */
export interface LocalFunctionView {
  /** Identifies the function in this workspace: its plain name, prefixed with a path if other functions share it. */
  readonly name: string;
  /** The name in its template or presets file. */
  readonly plainName: string;
  readonly otherNames: readonly string[];
  readonly runtime: string;
  readonly handler: string;
  readonly timeout: number;
  readonly memorySize: number;
  /** Needs a qualifier. */
  readonly isDurable?: boolean;
  /** The workspace folder. */
  readonly folder: string;
  /**
   * The template or presets file that defines it. `fileName` is relative to the workspace folder, `line` is 1-based.
   */
  readonly file: string;
  readonly fileName: string;
  readonly line?: number;
  /** The source file of the handler, if it exists. */
  readonly source?: string;
  /** Why it can't run locally. */
  readonly obstacle?: Message;
  /** Differences from the deployed function. */
  readonly notes: readonly Message[];
  /** Environment variables with a placeholder for a value that only a deployed stack has. Absent without placeholders. */
  readonly placeholders?: readonly string[];
  /** Missing without events. */
  readonly events?: readonly TemplateEvent[];
  readonly canDebug: boolean;
}

/** A process that waits for a debugger: the response to `debug`. */
export interface DebuggedProcess {
  /** Where to attach. */
  readonly address: string;
  /** Its process ID. */
  readonly pid: number;
}

/** Requests to the local endpoint other than Invoke. */
export type ControlRequest =
  | { readonly what: 'functions' }
  | { readonly what: 'log' | 'restart' | 'placeholders'; readonly name: string }
  /** Responds with an ID for `readLog`, which responds with the next `LiveLogPart`, or with nothing after `endLog`. */
  | { readonly what: 'followLog'; readonly name: string }
  | { readonly what: 'readLog'; readonly id: number }
  | { readonly what: 'endLog'; readonly id: number }
  /** `debugpy`: the folder of the package, for Python. `environment` overrides variables of the function. */
  | {
      readonly what: 'debug';
      readonly name: string;
      readonly debugpy?: string;
      readonly environment?: Readonly<Record<string, string>>;
    }
  /** Responds when no asynchronous invocation is queued or running. */
  | { readonly what: 'eventsEnd' }
  /** The whole log of an invocation that has ended. */
  | { readonly what: 'invocationLog'; readonly requestId: string }
  /** What the code of one or all functions imports from the SDKs of Lambda's runtimes. See `SdkImports`. */
  | { readonly what: 'sdkImports'; readonly name?: string }
  /** The durable executions. See `ExecutionsView`. */
  | { readonly what: 'durableExecutions' }
  | { readonly what: 'clearExecutions' }
  | { readonly what: 'changeExecution'; readonly arn: string; readonly change: ExecutionAction }
  /** `address`: from the response to `debug`. */
  | { readonly what: 'stopDebugging'; readonly name: string; readonly address: string };

/** The local functions of the workspace, and the problems found while reading its files. */
export interface LocalFunctionsView {
  readonly functions: readonly LocalFunctionView[];
  readonly problems: readonly Message[];
  /** The paths of the files that the list depends on, except presets files. Some may not exist. */
  readonly files: readonly string[];
}
