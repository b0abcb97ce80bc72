import type { LocalFunction } from '../localFunctions.ts';
import { isRecord } from '../../json/isRecord.ts';
import type { TemplateEvent } from '../localFunctionView.ts';
import type { FunctionBuild } from './functionBuild.ts';
import { message, type Message } from '../../messages/messages.ts';

/** The maximum number of a function's events that are compared with event files. */
export const MAX_EVENTS = 20;

/** A function defined by a template. */
export interface TemplateFunction {
  /** FunctionName, or else the logical ID. */
  readonly name: string;
  readonly logicalId: string;
  /** Alternative names for lookups. */
  readonly otherNames: readonly string[];
  /** The 1-based line of its definition in the template, or of the variable that includes it. */
  readonly line: number;
  /** The location of its definition in an included file, relative to the template's folder. `line` is 1-based. */
  readonly includedFrom?: { readonly file: string; readonly line: number };
  /** `codeUri` is relative to the template's folder. */
  readonly fn: LocalFunction;
  /** The output folder of `sam build`, relative to the template's folder. */
  readonly builtUri?: string;
  /** How the template's tool builds it. */
  readonly build?: FunctionBuild;
  /** Folders with packages that the framework adds to the code, relative to the template's folder. Some may not exist. */
  readonly packageUris?: readonly string[];
  /** Why it can't run locally. */
  readonly obstacle?: Message;
  /** Environment variables with a placeholder for a value that only a deployed stack has. */
  readonly placeholders: readonly string[];
  /** Differences from the deployed function. */
  readonly notes: readonly Message[];
  /** Missing without events. */
  readonly events?: readonly TemplateEvent[];
}

/** A stack that a template includes, with its own template in the workspace. */
export interface NestedStack {
  readonly logicalId: string;
  /** The template file, relative to the folder of the including template. */
  readonly path: string;
  /** The values that the including template passes. UNRESOLVED if only a deployed stack has the value. */
  readonly parameters: Readonly<Record<string, unknown>>;
}

export interface TemplateFunctions {
  readonly functions: readonly TemplateFunction[];
  readonly problems: readonly Message[];
  readonly nestedStacks: readonly NestedStack[];
  /**
   * Files that weren't in the source's `files`, relative to the template's folder. Read the template again with them to
   * get complete functions.
   */
  readonly neededFiles: readonly string[];
}

export type Values = Readonly<Record<string, unknown>>;

/** The value if it's an object, or else an empty object. */
export function record(value: unknown): Values {
  return isRecord(value) ? value : {};
}

interface Environment {
  readonly environment: Record<string, string>;
  /** Variables that only a deployed stack can resolve. */
  readonly missing: string[];
}

/** Environment variables as text. Those that the template alone can't resolve are listed in `missing`. */
export function environmentOf(variables: unknown): Environment {
  const environment: Record<string, string> = {};
  const missing: string[] = [];
  for (const [name, value] of Object.entries(record(variables))) {
    if (value === undefined || value === null) continue;
    const isPlain = typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
    if (isPlain) environment[name] = String(value);
    else missing.push(name);
  }
  return { environment, missing };
}

/** Notes about unresolved environment variables. */
export function notesOf(missing: readonly string[]): Message[] {
  return missing.length === 0 ? [] : [message('variablesUnresolved', missing.join(', '))];
}

/** Why a runtime isn't supported locally, judging by its name. */
export function runtimeObstacle(runtime: string): Message | undefined {
  return /^(nodejs|python3|provided)/.test(runtime) ? undefined : message('runtimeNotHere', runtime);
}

/** A number, or a numeric text (parameter defaults may be texts). */
export function numberOf(value: unknown): number | undefined {
  const number = typeof value === 'string' ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number) ? number : undefined;
}

export function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
