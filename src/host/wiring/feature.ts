import type * as vscode from 'vscode';
import { COMMANDS, ROW_COMMANDS } from '../contributions.ts';

/** Command handlers by name. They return the result of the command. */
export type Handlers = Record<keyof typeof COMMANDS | keyof typeof ROW_COMMANDS, (...args: unknown[]) => unknown>;

/** A part of the extension with command handlers, which can be disposed of. */
export interface Feature<H extends keyof Handlers = never> extends vscode.Disposable {
  readonly handlers: Pick<Handlers, H>;
}

type HandlersOf<Features> = Features[keyof Features] extends { readonly handlers: unknown }
  ? Intersection<Features[keyof Features]['handlers']>
  : never;
type Intersection<Union> = (Union extends unknown ? (one: Union) => void : never) extends (all: infer All) => void
  ? All
  : never;

/** The handlers of all features. */
export function mergeHandlers<Features extends Readonly<Record<string, Feature>>>(
  features: Features,
): HandlersOf<Features> {
  return Object.assign({}, ...Object.values(features).map(({ handlers }) => handlers)) as HandlersOf<Features>;
}

/** The handler of a command. */
export function handlerById(handlers: Handlers, id: string): Handlers[keyof Handlers] | undefined {
  const entries = Object.entries({ ...COMMANDS, ...ROW_COMMANDS }) as [keyof Handlers, string][];
  const name = entries.find(([, command]) => command === id)?.[0];
  return name && handlers[name];
}

/** Handlers that are loaded with the first call. */
export function lazyHandlers<H extends keyof Handlers>(
  names: readonly H[],
  load: () => Promise<{ readonly handlers: Pick<Handlers, NoInfer<H>> }>,
): Pick<Handlers, H> {
  const entries = names.map((name) => [name, async (...args: unknown[]) => (await load()).handlers[name](...args)]);
  return Object.fromEntries(entries) as Pick<Handlers, H>;
}
