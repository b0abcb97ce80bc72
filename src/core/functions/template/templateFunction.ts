import type { LocalFunction } from '../localFunctions.ts';
import { isRecord } from '../../json/isRecord.ts';
import { message, type Message } from '../../messages/messages.ts';

/** A function that a template describes. */
export interface TemplateFunction {
  /** Its FunctionName, else its logical id. */
  readonly name: string;
  readonly logicalId: string;
  /** Names it is found by as well. */
  readonly otherNames: readonly string[];
  /** The 1-based line of the template on which it begins. */
  readonly line: number;
  /** `codeUri` is relative to the template's folder. */
  readonly fn: LocalFunction;
  /** Where `sam build` puts its code, relative to the template's folder. */
  readonly builtUri?: string;
  /** Why it cannot run here. */
  readonly obstacle?: Message;
  /** What is different here. */
  readonly notes: readonly Message[];
}

export interface TemplateFunctions {
  readonly functions: readonly TemplateFunction[];
  readonly problems: readonly Message[];
}

export type Values = Readonly<Record<string, unknown>>;

/** An object's values; none of what is no object. */
export function record(value: unknown): Values {
  return isRecord(value) ? value : {};
}

interface Environment {
  readonly environment: Record<string, string>;
  /** Variables whose value only a deployed stack knows. */
  readonly missing: string[];
}

/** Environment variables as texts; what the template alone does not tell is named in `missing`. */
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

/** What is different here for a function without these variables, and with these layers. */
export function notesOf(missing: readonly string[], layers: unknown): Message[] {
  return [
    ...(missing.length === 0 ? [] : [message('variablesUnresolved', missing.join(', '))]),
    ...(Array.isArray(layers) ? [message('layersNotHere')] : []),
  ];
}

/** Why a function of this runtime cannot run on this machine, as far as the runtime's name tells. */
export function runtimeObstacle(runtime: string): Message | undefined {
  return /^(nodejs|python3|provided)/.test(runtime) ? undefined : message('runtimeNotHere', runtime);
}

/** A number, or a text that is one (parameters' defaults may be texts). */
export function numberOf(value: unknown): number | undefined {
  const number = typeof value === 'string' ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number) ? number : undefined;
}

export function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
