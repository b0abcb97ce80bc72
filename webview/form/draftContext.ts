import type { ConnectionView } from '../../src/core/connection/connection.ts';
import { defaultVersion, effectiveTimeout } from '../../src/core/functions/managedInstances.ts';
import type { Draft } from '../../src/core/invocation/draft.ts';
import type { Problem } from '../../src/core/invocation/validate.ts';
import type { PayloadFileView, ToForm } from '../../src/protocol/messages.ts';
import { byId } from '../dom.ts';
import { showConnection } from './connectionView.ts';
import { showFacts } from './factsView.ts';
import { formProblems } from './formProblems.ts';
import { KnownFacts } from './knownFacts.ts';
import { showStreamHint } from './optionsView.ts';
import { showPayload } from './payloadView.ts';

/** What the host knows about the draft: its connection, its function, and its payload file. */
export class DraftContext {
  readonly #facts = new KnownFacts();
  #connection: ConnectionView | undefined;
  #file: PayloadFileView | undefined;

  useConnection(connection: ConnectionView): void {
    this.#facts.useConnection(connection);
    this.#connection = connection;
  }

  useFile(file: PayloadFileView): void {
    this.#file = file;
  }

  useFacts(facts: Extract<ToForm, { type: 'facts' }>): void {
    this.#facts.receive(facts);
  }

  get isLocal(): boolean {
    return this.#connection?.kind !== 'aws';
  }

  /** The timeout of the draft's invocation in seconds, if known. */
  timeoutOf(draft: Draft): number | undefined {
    const timeout = this.#facts.of(draft)?.facts?.Timeout;
    return timeout === undefined ? undefined : effectiveTimeout(timeout, draft.InvocationType);
  }

  /** Whether the draft's function runs on managed instances, as far as known. */
  isManaged(draft: Draft): boolean {
    return this.#facts.of(draft)?.facts?.isManaged === true;
  }

  /** `ignoresFile` leaves out what is known about the payload file, which might be outdated. */
  problemsOf(
    draft: Draft,
    { requiresName, ignoresFile = false }: { readonly requiresName: boolean; readonly ignoresFile?: boolean },
  ): Problem[] {
    const file = ignoresFile ? undefined : this.#file;
    const facts = this.#facts.of(draft)?.facts;
    return formProblems(draft, { file, connection: this.#connection, facts, requiresName });
  }

  show(draft: Draft, onTryAgain: () => void): void {
    showPayload(draft, this.#file);
    showConnection(this.#connection, draft);
    const about = this.#facts.of(draft);
    showFacts(about, onTryAgain);
    byId<HTMLInputElement>('Qualifier').placeholder = defaultVersion(about?.facts?.isManaged);
    showStreamHint(about?.facts, draft);
  }
}
