import { whyNotApplicable, type ConditionalField } from '../src/core/applicableFields.ts';
import type { InvocationType } from '../src/core/invocation.ts';
import { byId } from './dom.ts';
import { sentence, t } from './localize.ts';
import type { TextArea, TextField } from './toolkit.ts';

function showNote(field: ConditionalField, type: InvocationType): boolean {
  const why = whyNotApplicable(field, type);
  const note = document.querySelector<HTMLElement>(`[data-note="${field}"]`);
  if (note) note.textContent = why === undefined ? '' : sentence(why);
  return why === undefined;
}

/** Makes fields read-only that the invocation type does not take, and says why: read-only ones can still be read. */
export function showApplicable(type: InvocationType): void {
  for (const field of ['ClientContext', 'DurableExecutionName'] as const) {
    byId<TextField | TextArea>(field).readOnly = !showNote(field, type);
  }
  // A dropdown has no read-only state: a read-only text stands in for it.
  const hasLog = showNote('LogType', type);
  byId('LogType').hidden = !hasLog;
  const standIn = byId<TextField>('LogType-readonly');
  standIn.hidden = hasLog;
  standIn.value = t('Not sent');
}
