import { expect, test } from 'vitest';
import { FormDraft } from '../../../src/app/formDraft.ts';
import { EMPTY_DRAFT } from '../../../src/core/invocation/draft.ts';
import { draftReport } from '../../support/draftReport.ts';

const EMPTY = { draft: EMPTY_DRAFT, baseline: EMPTY_DRAFT };
const orders = { ...EMPTY_DRAFT, FunctionName: 'orders', Payload: '{"a":1}' };

/** The draft of a new form whose page has loaded. */
function openDraft(): FormDraft {
  const form = new FormDraft(EMPTY);
  form.pageLoaded();
  form.report(draftReport({}, { isDirty: false }));
  return form;
}

test('has all fields as the page has reported them, and the inline payload with its changes', () => {
  const form = openDraft();
  form.report(draftReport(orders, { reportedPayload: EMPTY_DRAFT.Payload }));
  const edited = { ...orders, Payload: '{"a":12}', Qualifier: 'live' };
  form.report(draftReport(edited, { reportedPayload: orders.Payload }));
  expect(form.edited).toEqual({ draft: edited, baseline: EMPTY_DRAFT });
  expect(form.isDirty).toBe(true);
});

test('has each edit of a large inline payload at once, and only once', () => {
  const form = openDraft();
  form.report(draftReport(orders, { reportedPayload: EMPTY_DRAFT.Payload }));
  form.type({ start: 6, end: 1, text: '2' });
  form.type({ start: 7, end: 1, text: '3' });
  expect(form.edited.draft.Payload).toBe('{"a":123}');
  form.report(draftReport({ ...orders, Payload: '{"a":123}' }, { reportedPayload: orders.Payload }));
  expect(form.edited.draft.Payload).toBe('{"a":123}');
});

test('without edits, the draft is the baseline', () => {
  const form = openDraft();
  form.report(draftReport(orders, { isDirty: false, reportedPayload: EMPTY_DRAFT.Payload }));
  expect(form.edited).toEqual({ draft: orders, baseline: orders });
});

test('another draft isn’t replaced by reports from before the page received it', () => {
  const form = openDraft();
  form.report(draftReport({ Payload: '"old"' }, { reportedPayload: EMPTY_DRAFT.Payload }));
  form.fill({ draft: orders, baseline: orders });
  expect(form.report(draftReport({ Payload: '"older"' }, { reportedPayload: '"old"' }))).toBe(false);
  form.type({ start: 0, end: 0, text: 'x' });
  expect([form.edited.draft, form.isDirty, form.isPending]).toEqual([orders, false, true]);
  expect(form.report(draftReport(orders, { drafts: 1, isDirty: false, reportedPayload: '"older"' }))).toBe(true);
  expect([form.edited.draft, form.isPending]).toEqual([orders, false]);
});

test('a draft for a page that loads again is shown after its first report, which has the earlier draft', () => {
  const form = openDraft();
  form.fill({ draft: orders, baseline: EMPTY_DRAFT });
  form.pageLoaded();
  expect(form.isPending).toBe(true);
  form.report(draftReport({}));
  expect([form.edited.draft, form.isDirty]).toEqual([orders, true]);
  form.report(draftReport(orders, { drafts: 1, reportedPayload: EMPTY_DRAFT.Payload }));
  form.pageLoaded();
  expect([form.isPending, form.edited.draft]).toEqual([false, orders]);
  form.report(draftReport({ ...orders, Qualifier: '7' }));
  expect(form.edited.draft.Qualifier).toBe('7');
});

test('the host can replace the inline payload before the page reports it', () => {
  const form = openDraft();
  form.report(draftReport({ payloadKind: 'file', payloadFile: 'untitled:1' }, { reportedPayload: '{}' }));
  form.type({ start: 0, end: 0, text: 'x' });
  form.replacePayload('"sample"');
  expect(form.edited.draft).toEqual({ ...EMPTY_DRAFT, Payload: '"sample"' });
});
