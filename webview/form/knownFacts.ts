import type { ConnectionView } from '../../src/core/connection/connection.ts';
import type { Draft } from '../../src/core/invocation/draft.ts';
import type { ToForm } from '../../src/protocol/messages.ts';

type Facts = Extract<ToForm, { type: 'facts' }>;

/** The configuration of the function that was looked up last. */
export class KnownFacts {
  #facts: Facts | undefined;
  /** Identifies the connection that the facts belong to. */
  #place: string | undefined;

  /** Ignores an answer for another function than the one that was requested last. */
  receive(update: Facts): void {
    const isAnswer = update.facts !== undefined || update.problem !== undefined;
    const known = this.#facts;
    const isCurrent = known?.FunctionName === update.FunctionName && known.Qualifier === update.Qualifier;
    if (!isAnswer || isCurrent || known === undefined) this.#facts = update;
  }

  /** A function with the same name on another connection is another function. */
  useConnection(connection: ConnectionView): void {
    const { profile, region, endpoint } = connection.kind === 'aws' ? connection : {};
    if (connection.kind === 'aws' && connection.isPending === true) return;
    const place = JSON.stringify([connection.kind, profile, region, endpoint]);
    if (this.#place !== undefined && place !== this.#place) this.#facts = undefined;
    this.#place = place;
  }

  /** The facts, if they belong to the function in the draft. */
  of({ FunctionName, Qualifier }: Draft): Facts | undefined {
    const facts = this.#facts;
    const isIt = facts?.FunctionName === FunctionName.trim() && (facts.Qualifier ?? '') === Qualifier.trim();
    return isIt ? facts : undefined;
  }
}
