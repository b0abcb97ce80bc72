import { expect, test } from 'vitest';
import { EMPTY_DRAFT } from '../../../src/core/invocation/draft.ts';
import { parsePageState } from '../../../src/protocol/pageState.ts';

const EMPTY = { draft: EMPTY_DRAFT, baseline: EMPTY_DRAFT };

test('the host reads what it needs of the state of a page', () => {
  const draft = { ...EMPTY_DRAFT, FunctionName: 'orders', Qualifier: 'live' };
  const baseline = { ...EMPTY_DRAFT, FunctionName: 'orders' };
  const preset = { name: 'a', store: 'file:///a.json' };
  const own = { kind: 'aws', profile: 'dev' };
  const state = { draft, baseline, own, preset, editorId: 'e', layout: { requestWidth: 40 } };
  expect(parsePageState(state)).toEqual({ draft, baseline, connection: own, preset });
});

test('fields that an older version didn’t store have their initial values', () => {
  expect(parsePageState({ draft: { FunctionName: 'orders' } })).toEqual({
    draft: { ...EMPTY_DRAFT, FunctionName: 'orders' },
    baseline: EMPTY_DRAFT,
  });
});

test.each([undefined, null, 'x', [], {}, { draft: 1, baseline: { Payload: 2 }, own: 'x', preset: { name: 1 } }])(
  '%j is an empty form',
  (state) => {
    expect(parsePageState(state)).toEqual(EMPTY);
  },
);
