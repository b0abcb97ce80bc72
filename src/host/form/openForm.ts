import type { FormController } from '../../app/formController.ts';
import type { ToForm } from '../../protocol/messages.ts';
import type { FormConnection } from './formConnection.ts';
import type { FormDependencies } from './formDependencies.ts';
import type { FormFrames } from './formFrames.ts';
import type { FormPayload } from './formPayload.ts';
import type { FormReadResults } from './formReadResults.ts';

/** A form in an editor tab, as its intents see it. */
export interface OpenForm {
  readonly controller: FormController;
  readonly connection: FormConnection;
  readonly payload: FormPayload;
  readonly frames: FormFrames;
  readonly reads: FormReadResults;
  readonly dependencies: FormDependencies;
  readonly post: (message: ToForm) => void;
  /** Names the tab for the function in the form. */
  readonly setTitle: (FunctionName: string) => void;
}
