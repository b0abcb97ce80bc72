import { beforeEach, expect, test } from 'vitest';
import { EMPTY_DRAFT, type Draft } from '../../../../src/core/invocation/draft.ts';
import { changeText } from '../../../../src/core/text/textChange.ts';
import { parseToHost, type ToHost } from '../../../../src/protocol/toHost.ts';
import type { DraftState } from '../../../../webview/form/draftState.ts';

const posted: ToHost[] = [];
const post = (message: unknown) => {
  const intent = parseToHost(JSON.parse(JSON.stringify(message)));
  if (intent !== undefined) posted.push(intent);
};

/** The state of a page that has just loaded. */
async function loadPage(state: Record<string, unknown> = {}): Promise<DraftState> {
  globalThis.page = { api: { postMessage: post, getState: () => state, setState: () => undefined }, state };
  const loaded = await import('../../../../webview/form/draftState.ts');
  return new loaded.DraftState();
}

/** The draft after all messages, as the host has it. */
function reportedDraft(): Draft {
  const reports = posted.filter((message) => message.type === 'draftChanged');
  const Payload = reports.reduce((text, { payload }) => changeText(text, payload), 'earlier');
  return { ...EMPTY_DRAFT, ...reports.at(-1)?.draft, Payload };
}

beforeEach(() => {
  posted.length = 0;
});

test('a page reports its whole inline payload once, and then only what has changed', async () => {
  const state = await loadPage();
  const Payload = `{"text": "${'x'.repeat(100_000)}"}`;
  state.report({ ...EMPTY_DRAFT, Payload });
  state.report({ ...EMPTY_DRAFT, Payload: `${Payload} `, FunctionName: 'orders' });
  state.report({ ...EMPTY_DRAFT, Payload: `${Payload} `, FunctionName: 'orders', Qualifier: '7' });
  const sizes = posted.map((message) => JSON.stringify(message).length);
  expect(sizes[0]).toBeGreaterThan(100_000);
  expect(Math.max(...sizes.slice(1))).toBeLessThan(1000);
  expect(reportedDraft()).toEqual({
    ...EMPTY_DRAFT,
    Payload: `${Payload} `,
    FunctionName: 'orders',
    Qualifier: '7',
  });
});

test('a draft with edits that the host shows is reported with edits, and its baseline without', async () => {
  const state = await loadPage();
  const baseline = { ...EMPTY_DRAFT, FunctionName: 'orders' };
  const draft = { ...baseline, Qualifier: '7' };
  state.fill(baseline, { name: 'a', store: 'file:///a.json' });
  state.report(draft);
  state.report(baseline);
  expect(posted).toMatchObject([
    { type: 'draftChanged', isDirty: true, drafts: 1 },
    { type: 'draftChanged', isDirty: false, drafts: 1 },
  ]);
});
