import type { DraftReport } from '../../src/app/formDraft.ts';
import { EMPTY_DRAFT, type Draft } from '../../src/core/invocation/draft.ts';
import { textChange } from '../../src/core/text/textChange.ts';

/** What a page reports that has these fields. By default it is the first report of a page, and the draft has edits. */
export function draftReport(
  fields: Partial<Draft>,
  { isDirty = true, drafts = 0, reportedPayload = '' } = {},
): DraftReport {
  const { Payload, ...draft } = { ...EMPTY_DRAFT, ...fields };
  return { isDirty, draft, payload: textChange(reportedPayload, Payload), drafts };
}
