import type { Connection } from '../../core/connection/connection.ts';
import { createTurns } from '../../core/async/newest.ts';
import { functionSuggestions } from '../../app/functionSuggestions.ts';
import type { ToForm } from '../../protocol/messages.ts';
import { reportErrors } from '../ui/reportErrors.ts';
import type { FormDependencies } from './formDependencies.ts';

/** After the first paint of a page. Combines changes that follow each other. In milliseconds. */
const DELAY_MS = 150;

interface FormSuggestionsOptions {
  readonly connection: () => Connection;
  readonly isReady: () => boolean;
  readonly post: (message: ToForm) => void;
}

/** The functions in the list of a form's function field. */
export class FormSuggestions {
  readonly #dependencies: Pick<FormDependencies, 'history' | 'localFunctions' | 'browsedFunctions'>;
  readonly #options: FormSuggestionsOptions;
  readonly #reading = createTurns();
  /** What the page has. */
  #posted = '';
  #timer: NodeJS.Timeout | undefined;

  constructor(
    dependencies: Pick<FormDependencies, 'history' | 'localFunctions' | 'browsedFunctions'>,
    options: FormSuggestionsOptions,
  ) {
    this.#dependencies = dependencies;
    this.#options = options;
  }

  /** Soon posts the functions to a page that has loaded. Sends no request to AWS. */
  refresh(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      reportErrors(this.#post());
    }, DELAY_MS);
  }

  /** The page has loaded again. */
  again(): void {
    this.#posted = '';
    this.refresh();
  }

  dispose(): void {
    clearTimeout(this.#timer);
  }

  async #post(): Promise<void> {
    if (!this.#options.isReady()) return;
    const isNewest = this.#reading();
    const { history, localFunctions, browsedFunctions } = this.#dependencies;
    const connection = this.#options.connection();
    const [workspace, account] = await Promise.all([
      // The Functions view shows why they can't be listed.
      localFunctions.list().then(
        ({ functions }) => functions,
        () => [],
      ),
      browsedFunctions(connection),
    ]);
    if (!isNewest()) return;
    const suggestions = functionSuggestions({ connection, history: history.entries(), workspace, account });
    const posted = JSON.stringify(suggestions);
    if (posted === this.#posted) return; // after most invocations
    this.#posted = posted;
    this.#options.post({ type: 'functionSuggestions', suggestions });
  }
}
