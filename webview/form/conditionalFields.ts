import * as l10n from '@vscode/l10n';
import { whyNotApplicable, type ConditionalField } from '../../src/core/invocation/applicableFields.ts';
import type { FunctionFacts } from '../../src/core/functions/functionFacts.ts';
import type { Draft } from '../../src/core/invocation/draft.ts';
import { byId, setText } from '../dom.ts';
import { sentence } from '../localize.ts';
import type { TextArea, TextField } from '../toolkit.ts';

function showNote(field: ConditionalField, draft: Draft): boolean {
  const why = whyNotApplicable(field, draft);
  const note = document.querySelector<HTMLElement>(`[data-note="${field}"]`);
  if (note) setText(note, why === undefined ? '' : sentence(why));
  return why === undefined;
}

/** Makes fields read-only that the invocation type does not take, and says why: read-only ones can still be read. */
export function showApplicable(draft: Draft): void {
  for (const field of ['ClientContext', 'DurableExecutionName'] as const) {
    byId<TextField | TextArea>(field).readOnly = !showNote(field, draft);
  }
  // A dropdown has no read-only state: a read-only input stands in for it.
  for (const field of ['LogType', 'InvokeMode'] as const) {
    const isTaken = showNote(field, draft);
    byId(field).hidden = !isTaken;
    const standIn = byId<HTMLInputElement>(`${field}-readonly`);
    standIn.hidden = isTaken;
    standIn.value = l10n.t('Not sent');
  }
  byId('stream-file-line').hidden =
    draft.InvokeMode !== 'RESPONSE_STREAM' || draft.InvocationType !== 'RequestResponse';
}

/** Says that the function streams, where its response is asked for whole. */
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
