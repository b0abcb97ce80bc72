import type * as vscode from 'vscode';
import type { COMMANDS } from '../contributions.ts';

/** What the commands do, by name. What a handler returns is the command's result. */
export type Handlers = Record<keyof typeof COMMANDS, (...args: unknown[]) => unknown>;

/** A part of the extension: the handlers of its commands, and what is disposed with it. */
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

/** Handlers whose code is loaded with the first of them that is called. */
export function lazyHandlers<H extends keyof Handlers>(
  names: readonly H[],
  load: () => Promise<{ readonly handlers: Pick<Handlers, NoInfer<H>> }>,
): Pick<Handlers, H> {
  const entries = names.map((name) => [name, async (...args: unknown[]) => (await load()).handlers[name](...args)]);
  return Object.fromEntries(entries) as Pick<Handlers, H>;
}
