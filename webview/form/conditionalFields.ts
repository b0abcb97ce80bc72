import * as l10n from '@vscode/l10n';
import { whyNotApplicable, type ConditionalField } from '../../src/core/invocation/applicableFields.ts';
import type { FunctionFacts } from '../../src/core/functions/functionFacts.ts';
import type { Draft } from '../../src/core/invocation/draft.ts';
import { byId, setText } from '../dom.ts';
import { sentence } from '../localize.ts';
import type { TextArea, TextField } from '../toolkit.ts';

function showNote(field: ConditionalField, draft: Draft): boolean {
  const reason = whyNotApplicable(field, draft);
  const note = document.querySelector<HTMLElement>(`[data-note="${field}"]`);
  if (note) setText(note, reason === undefined ? '' : sentence(reason));
  return reason === undefined;
}

/** Makes fields that the invocation type doesn't support read-only and shows why. */
export function showApplicable(draft: Draft): void {
  for (const field of ['ClientContext', 'DurableExecutionName'] as const) {
    byId<TextField | TextArea>(field).readOnly = !showNote(field, draft);
  }
  // Dropdowns have no read-only state, so a read-only input replaces them.
  for (const field of ['LogType', 'InvokeMode'] as const) {
    const isApplicable = showNote(field, draft);
    byId(field).hidden = !isApplicable;
    const readOnlyInput = byId<HTMLInputElement>(`${field}-readonly`);
    readOnlyInput.hidden = isApplicable;
    readOnlyInput.value = l10n.t('Not sent');
  }
  byId('stream-file-line').hidden =
    draft.InvokeMode !== 'RESPONSE_STREAM' || draft.InvocationType !== 'RequestResponse';
}

/** Suggests streaming if the function's URL uses it. */
export function showStreamHint(facts: FunctionFacts | undefined, { InvokeMode, InvocationType }: Draft): void {
  const streams = facts?.UrlInvokeMode === 'RESPONSE_STREAM';
  const hint = byId('stream-hint');
  hint.hidden = !streams || InvokeMode === 'RESPONSE_STREAM' || InvocationType !== 'RequestResponse';
  setText(
    hint,
    hint.hidden
      ? ''
      : l10n.t(
          "This function's URL uses response streaming. Set Response mode to Streaming to see the response as it arrives.",
        ),
  );
}
