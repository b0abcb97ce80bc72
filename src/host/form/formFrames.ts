import type { EndedInvocation } from '../../app/invocations.ts';
import { stackLines } from '../../core/outcome/functionError.ts';
import type { ToForm } from '../../protocol/messages.ts';
import type { FormDependencies } from './formDependencies.ts';
import type { FoundFrame } from './stackFrames.ts';

/** The stack frames of the outcome that are in the workspace. */
export class FormFrames {
  readonly #dependencies: Pick<FormDependencies, 'findFrames' | 'openFrame'>;
  readonly #post: (message: ToForm) => void;
  #frames: readonly FoundFrame[] = [];
  /** The invocation with the stack. */
  #invocationId = '';

  constructor(dependencies: Pick<FormDependencies, 'findFrames' | 'openFrame'>, post: (message: ToForm) => void) {
    this.#dependencies = dependencies;
    this.#post = post;
  }

  /** Posts the frames that can be opened. Later than the outcome, because it searches for files. */
  async find({ invocationId, result: { outcome } }: EndedInvocation): Promise<void> {
    if (outcome.state !== 'functionError') return;
    this.#invocationId = invocationId;
    this.#frames = [];
    const found = await this.#dependencies.findFrames(stackLines(outcome.functionError));
    if (this.#invocationId !== invocationId) return; // another outcome is shown
    this.#frames = found;
    const frames = found.map(({ line, label, start, end }) => ({ line, label, start, end }));
    this.#post({ type: 'frames', invocationId, frames });
  }

  async open(line: number): Promise<void> {
    const frame = this.#frames.find((found) => found.line === line);
    if (frame !== undefined) await this.#dependencies.openFrame(frame);
  }
}
