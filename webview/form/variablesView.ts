import type { Draft, VariableUse } from '../../src/core/invocation/draft.ts';
import { offersVariables } from '../../src/core/presets/draftVariables.ts';
import { byId } from '../dom.ts';

const checkbox = () => byId<HTMLInputElement>('hasVariables');

/** Whether the variables of the form are resolved. Its checkbox is shown only if there are variables. */
export class VariablesView {
  /** The payload file whose variables are resolved. */
  #fileWithVariables = '';

  constructor(onChange: () => void) {
    checkbox().addEventListener('change', onChange);
  }

  read(payloadFile: string): VariableUse {
    const hasVariables = checkbox().checked;
    // An unsaved editor has the text of the inline payload.
    const isInline = payloadFile.startsWith('untitled:');
    const isFileResolved = payloadFile !== '' && payloadFile === this.#fileWithVariables;
    return { hasVariables, payloadFileVariables: isFileResolved || (isInline && hasVariables) };
  }

  write({ hasVariables, payloadFileVariables, payloadFile }: Draft): void {
    checkbox().checked = hasVariables;
    this.#fileWithVariables = payloadFileVariables ? payloadFile : '';
  }

  show(draft: Draft): void {
    byId('variables').hidden = !offersVariables(draft);
  }
}
