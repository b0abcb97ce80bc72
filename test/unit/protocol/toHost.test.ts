import { expect, test } from 'vitest';
import { EMPTY_DRAFT } from '../../../src/core/invocation/draft.ts';
import { parseToHost, type ToHost } from '../../../src/protocol/toHost.ts';

const invocation = {
  FunctionName: 'hello',
  InvocationType: 'RequestResponse',
  LogType: 'Tail',
  ClientContext: '{}',
  payload: { kind: 'file', uri: 'file:///a.json' },
} as const;

const { Payload, ...fields } = EMPTY_DRAFT;

const NO_CHANGE = { start: 0, end: 0, text: '' };

const verbatim = { hasVariables: false, payloadFileVariables: false };

const good: readonly ToHost[] = [
  { type: 'ready' },
  { type: 'painted' },
  { type: 'ready', editorId: 'e' },
  { type: 'stopWaiting' },
  { type: 'browsePayload' },
  { type: 'selectConnection' },
  { type: 'selectEndpoint' },
  { type: 'functionAction', action: 'browse', FunctionName: '' },
  { type: 'functionAction', action: 'facts', FunctionName: 'orders', Qualifier: 'live' },
  { type: 'selectRegion' },
  { type: 'showOutput' },
  { type: 'invoke', invocationId: 'a', invocation, isSentAnyway: false, isDebugged: false, ...verbatim },
  {
    type: 'invoke',
    invocationId: 'b',
    invocation: { ...invocation, InvokeMode: 'RESPONSE_STREAM' },
    isSentAnyway: true,
    isDebugged: true,
    hasVariables: true,
    payloadFileVariables: true,
  },
  { type: 'chooseStreamFile' },
  { type: 'forgetStreamFile' },
  { type: 'saveStream' },
  { type: 'openFrame', line: 3 },
  { type: 'savePreset', draft: { ...EMPTY_DRAFT, hasVariables: true }, target: 'new' },
  { type: 'copyAs', invocation, ...verbatim },
  { type: 'invokeOnTwoTargets', invocation, ...verbatim },
  { type: 'openPayload', uri: 'file:///a.json' },
  { type: 'editPayload', text: '{}' },
  { type: 'draftChanged', isDirty: true, draft: fields, payload: { start: 0, end: 0, text: Payload }, drafts: 1 },
  { type: 'payloadTyping', change: { start: 1, end: 2, text: '' } },
  { type: 'exportResult', part: 'log', to: 'clipboard' },
  { type: 'repeat', invocationId: 'c' },
  { type: 'compareResult', other: 'previous' },
  { type: 'compareResult', other: 'historyEntry' },
  { type: 'showResult', step: -1 },
  { type: 'readSent' },
  { type: 'resultAction', action: 'signIn', invocationId: 'd' },
  { type: 'payloadEdited', text: '{"a":1}' },
  { type: 'chooseSample' },
  { type: 'copyText', text: '$.a[0]' },
];

test.each(good)('reads $type', (message) => {
  expect(parseToHost(structuredClone(message))).toEqual(message);
});

test('drops unknown fields', () => {
  expect(parseToHost({ type: 'ready', credentials: 'x' })).toEqual({ type: 'ready' });
  expect(parseToHost({ type: 'invoke', invocationId: 'a', invocation: { ...invocation, Extra: 1 } })).toEqual(
    good.find(({ type }) => type === 'invoke'),
  );
});

test.each([
  undefined,
  null,
  'ready',
  [],
  {},
  { type: 'unknown' },
  { type: 'payloadTyping', change: { start: -1, end: 0, text: '' } },
  { type: 'payloadTyping', change: { start: 0, end: 0.5, text: '' } },
  { type: 'draftChanged', isDirty: true, draft: { ...fields, LogType: 'x' }, payload: NO_CHANGE, drafts: 0 },
  { type: 'draftChanged', isDirty: true, draft: fields, payload: NO_CHANGE, drafts: -1 },
  { type: 'toString' },
  { type: 'functionAction', action: 'invoke', FunctionName: 'orders' },
  { type: 'invoke', invocation },
  { type: 'invoke', invocationId: '', invocation },
  { type: 'invoke', invocationId: 'a', invocation: { ...invocation, InvocationType: 'Sync' } },
  { type: 'invoke', invocationId: 'a', invocation: { ...invocation, LogType: 'All' } },
  { type: 'invoke', invocationId: 'a', invocation: { ...invocation, InvokeMode: 'STREAM' } },
  { type: 'openFrame', line: 1.5 },
  { type: 'invoke', invocationId: 'a', invocation: { ...invocation, TenantId: 1 } },
  { type: 'invoke', invocationId: 'a', invocation: { ...invocation, payload: { kind: 'file' } } },
  { type: 'exportResult', part: 'credentials', to: 'clipboard' },
  { type: 'openPayload' },
  { type: 'repeat', invocationId: '' },
  { type: 'compareResult', other: 'next' },
  { type: 'invokeOnTwoTargets' },
  { type: 'showResult', step: 0.5 },
  { type: 'resultAction', action: 'invoke', invocationId: 'd' },
])('rejects %j', (message) => {
  expect(parseToHost(message)).toBeUndefined();
});
