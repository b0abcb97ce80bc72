import type { FormController } from '../../app/formController.ts';
import type { ToForm } from '../../protocol/messages.ts';
import type { FormConnection } from './formConnection.ts';
import type { FormDependencies } from './formDependencies.ts';
import type { FormSuggestions } from './formSuggestions.ts';
import type { FormFrames } from './formFrames.ts';
import type { FormLog } from './formLog.ts';
import type { FormPayload } from './formPayload.ts';
import type { PayloadDocument } from './payloadDocument.ts';
import type { FormReadResults } from './formReadResults.ts';

/** A form in an editor tab, for message handlers. */
export interface OpenForm {
  readonly controller: FormController;
  readonly connection: FormConnection;
  readonly payload: FormPayload;
  readonly payloadDocument: PayloadDocument;
  readonly suggestions: FormSuggestions;
  readonly frames: FormFrames;
  readonly log: FormLog;
  readonly reads: FormReadResults;
  readonly dependencies: FormDependencies;
  readonly post: (message: ToForm) => void;
}
