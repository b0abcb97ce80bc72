import type { LocalFunction } from '../localFunctions.ts';
import type { Message } from '../messages.ts';

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

/** Why a function of this runtime cannot run on this machine, as far as the runtime's name tells. */
export function runtimeObstacle(runtime: string): Message | undefined {
  return /^(nodejs|python3|provided)/.test(runtime) ? undefined : { code: 'runtimeNotHere', args: [runtime] };
}

/** A number, or a text that is one (parameters' defaults may be texts). */
export function numberOf(value: unknown): number | undefined {
  const number = typeof value === 'string' ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number) ? number : undefined;
}

export function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
