import { describe, expect, test } from 'vitest';
import { FormController, type FormControllerOptions } from '../../../src/app/formController.ts';
import { Invocations, type EndedInvocation } from '../../../src/app/invocations.ts';
import { responseParts } from '../../../src/app/responseParts.ts';
import { createResults } from '../../../src/app/results.ts';
import { EMPTY_DRAFT, toDraft, toInvocation } from '../../../src/core/invocation/draft.ts';
import type { Invocation } from '../../../src/core/invocation/invocation.ts';
import { message } from '../../../src/core/messages/messages.ts';
import type { InvokeResponse } from '../../../src/core/outcome/outcome.ts';
import type { OpenedPreset } from '../../../src/core/presets/preset.ts';
import type { ToForm } from '../../../src/protocol/messages.ts';
import { draftReport } from '../../support/draftReport.ts';
import { NO_PROMPTS } from '../../support/noPrompts.ts';

const invocation: Invocation = { FunctionName: 'hello', InvocationType: 'RequestResponse', payload: { kind: 'none' } };

/** A form with real Invocations. The test decides when Lambda responds. */
function openForm(restored: Pick<FormControllerOptions, 'content' | 'isReloaded' | 'running'> = {}) {
  const posted: ToForm[] = [];
  const notified: EndedInvocation[] = [];
  const answers: ((answer: InvokeResponse) => void)[] = [];
  const describedFiles: string[] = [];
  const logs: string[] = [];
  const invocations = new Invocations({
    readPayload: () => Promise.resolve({ bytes: new Uint8Array(), notes: [] }),
    ...NO_PROMPTS,
    target: () => Promise.resolve({ kind: 'aws' }),
    maxRetries: () => 0,
    invoke: (_, { signal }) =>
      new Promise((resolve, reject) => {
        answers.push(resolve);
        signal.addEventListener('abort', () => reject(new Error('aborted')));
      }),
  });
  const titles: string[] = [];
  const payloads: string[] = [];
  const noop = () => undefined;
  const controller = new FormController(
    {
      post: (message) => posted.push(message),
      connection: () => ({ kind: 'local' }),
      showFunction: (name) => titles.push(name),
      fillPayload: (text) => payloads.push(text),
      showConnection: noop,
      postInitialState: noop,
      describePayload: (uri) => describedFiles.push(uri),
      findFrames: noop,
      invocationEnded: noop,
      returnFocus: noop,
      postLog: ({ invocationId }) => logs.push(invocationId),
      labelOf: (uri) => uri,
      notifyOutcome: (ended) => notified.push(ended),
    },
    { invocations, results: createResults().open(), ...restored },
  );
  const states = () => posted.flatMap((message) => (message.type === 'outcome' ? [message.outcome.state] : []));
  const answer = async () => {
    await settled();
    answers.shift()?.({ StatusCode: 200, Payload: new TextEncoder().encode('{}'), connection: { kind: 'local' } });
    await settled();
  };
  return { controller, posted, titles, payloads, notified, answers, describedFiles, logs, states, answer };
}

/** Waits for pending promises. */
const settled = () => new Promise((resolve) => setTimeout(resolve, 0));

describe('FormController', () => {
  test('posts the outcome with the body, and the running state only for longer invocations', async () => {
    const { controller, posted, states, answer } = openForm();
    controller.ready();
    controller.invoke({ type: 'invoke', invocationId: 'quick', invocation, isSentAnyway: false });
    await answer();
    expect(states()).toEqual(['idle', 'succeeded']);
    controller.invoke({ type: 'invoke', invocationId: 'a', invocation, isSentAnyway: false });
    await new Promise((resolve) => setTimeout(resolve, 200));
    await answer();
    expect(states()).toEqual(['idle', 'succeeded', 'running', 'succeeded']);
    expect(posted.at(-1)).toMatchObject({ type: 'outcome', invocationId: 'a', response: { offset: 0, byteLength: 2 } });
  });

  test('the whole log is posted once per shown result, also when the page has loaded again', async () => {
    const { controller, logs, answer } = openForm();
    controller.ready();
    controller.invoke({ type: 'invoke', invocationId: 'a', invocation, isSentAnyway: false });
    await answer();
    expect(logs).toEqual(['a']);
    controller.hide();
    controller.ready();
    expect(logs).toEqual(['a', 'a']);
  });

  test('a second click during an invocation sends nothing', async () => {
    const { controller, answers } = openForm();
    controller.invoke({ type: 'invoke', invocationId: 'a', invocation, isSentAnyway: false });
    controller.invoke({ type: 'invoke', invocationId: 'b', invocation, isSentAnyway: false });
    await settled();
    expect(answers).toHaveLength(1);
  });

  test('an invocation ID is accepted once, even after the invocation ended', async () => {
    const { controller, answers, states, answer } = openForm();
    controller.ready();
    controller.invoke({ type: 'invoke', invocationId: 'a', invocation, isSentAnyway: false });
    await answer();
    controller.invoke({ type: 'invoke', invocationId: 'a', invocation, isSentAnyway: false });
    await settled();
    expect(answers).toHaveLength(0);
    expect(states().at(-1)).toBe('failed');
  });

  test('Stop Waiting cancels the wait', async () => {
    const { controller, states } = openForm();
    controller.ready();
    controller.invoke({ type: 'invoke', invocationId: 'a', invocation, isSentAnyway: false });
    await settled();
    controller.invocations.stopWaiting();
    await settled();
    expect(states().at(-1)).toBe('cancelled');
  });

  test('the outcome of a closed form is shown in a notification', async () => {
    const { controller, notified, answer } = openForm();
    controller.invoke({ type: 'invoke', invocationId: 'a', invocation, isSentAnyway: false });
    controller.dispose();
    await answer();
    expect(notified.map(({ result }) => result.outcome.state)).toEqual(['succeeded']);
  });

  test('a form that was closed during its invocation and opened again shows it, and can’t invoke until it ends', async () => {
    const { controller, notified, posted: postedBefore, answer } = openForm();
    controller.invoke({ type: 'invoke', invocationId: 'a', invocation, isSentAnyway: false });
    controller.dispose();
    const again = openForm({ running: controller.invocations.release() });
    again.controller.ready();
    again.controller.invoke({ type: 'invoke', invocationId: 'b', invocation, isSentAnyway: false });
    await settled();
    expect([again.states(), again.answers.length, again.controller.isOccupied]).toEqual([['idle', 'running'], 0, true]);
    await answer();
    expect(again.states()).toEqual(['idle', 'running', 'succeeded']);
    expect([notified, postedBefore, again.controller.isOccupied]).toEqual([[], [], false]);
  });

  test('a form that becomes visible again gets the last outcome and its body', async () => {
    const { controller, posted, states, answer } = openForm();
    controller.invoke({ type: 'invoke', invocationId: 'a', invocation, isSentAnyway: false });
    await answer();
    posted.length = 0;
    controller.ready();
    expect(states()).toEqual(['succeeded']);
    expect(posted.at(-1)).toMatchObject({ type: 'outcome', response: { byteLength: 2 } });
  });

  test('a dirty draft and a running invocation occupy the form', () => {
    const { controller } = openForm();
    const changed = (isDirty: boolean) => controller.changeDraft(draftReport({}, { isDirty }));
    expect(controller.isOccupied).toBe(false);
    changed(true);
    expect(controller.isOccupied).toBe(true);
    changed(false);
    controller.invoke({ type: 'invoke', invocationId: 'a', invocation, isSentAnyway: false });
    expect(controller.isOccupied).toBe(true);
  });

  test('a draft names the form at once, and is posted when the form is ready', () => {
    const { controller, posted, titles } = openForm();
    const draft = { ...EMPTY_DRAFT, FunctionName: 'orders' };
    controller.fill(draft);
    expect(titles).toEqual(['orders']);
    expect(posted).toEqual([]);
    controller.ready();
    expect(posted[0]).toEqual({ type: 'draft', draft });
  });

  test('a draft for a hidden form is posted when the form is ready again', () => {
    const { controller, posted } = openForm();
    controller.ready();
    controller.hide();
    posted.length = 0;
    controller.fill({ ...EMPTY_DRAFT, FunctionName: 'other' });
    expect(posted).toEqual([]);
    controller.ready();
    expect(posted[0]).toMatchObject({ type: 'draft', draft: { FunctionName: 'other' } });
  });

  test('a form uses the connection of its draft until another one is selected', () => {
    const { controller } = openForm();
    controller.fill(EMPTY_DRAFT, { kind: 'aws', profile: 'dev' });
    controller.ready();
    expect(controller.connection).toEqual({ kind: 'aws', profile: 'dev' });
    controller.useWindowConnection();
    expect(controller.connection).toEqual({ kind: 'local' });
  });

  test('a form that is restored after a reload keeps its connection', () => {
    const content = {
      draft: EMPTY_DRAFT,
      baseline: EMPTY_DRAFT,
      connection: { kind: 'aws', profile: 'kept' },
    } as const;
    const { controller, posted } = openForm({ content, isReloaded: true });
    controller.ready();
    expect(posted.filter(({ type }) => type === 'draft')).toEqual([]);
    expect(controller.isOccupied).toBe(true);
    expect(controller.connection).toEqual({ kind: 'aws', profile: 'kept' });
  });

  test('a connection selected while the form is hidden overrides the one that its page stored', () => {
    const { controller } = openForm();
    controller.fill(EMPTY_DRAFT, { kind: 'aws', profile: 'preset' });
    controller.ready();
    controller.hide();
    controller.useWindowConnection();
    controller.ready();
    expect(controller.connection).toEqual({ kind: 'local' });
  });

  test('a new draft clears the outcome', async () => {
    const { controller, states, answer } = openForm();
    controller.ready();
    controller.invoke({ type: 'invoke', invocationId: 'a', invocation, isSentAnyway: false });
    await answer();
    controller.fill({ ...EMPTY_DRAFT, FunctionName: 'other' });
    expect(states().at(-1)).toBe('idle');
  });

  test('a payload file is described when it changes, not with every keystroke', () => {
    const { controller, describedFiles } = openForm();
    const change = (payloadFile: string) => controller.changeDraft(draftReport({ payloadFile }));
    change('file:///a');
    change('file:///a');
    change('file:///b');
    controller.ready();
    change('file:///b');
    expect(describedFiles).toEqual(['file:///a', 'file:///b', 'file:///b']);
  });

  test('the opened preset is remembered until another draft fills the form', () => {
    const { controller } = openForm();
    const preset = { name: 'a', FunctionName: '${env:NAME}' };
    const opened: OpenedPreset = { raw: preset, resolved: preset, store: 'file:///presets.json', index: 0 };
    controller.fill(EMPTY_DRAFT, undefined, opened);
    expect(controller.openedPreset).toBe(opened);
    controller.fill(EMPTY_DRAFT);
    expect(controller.openedPreset).toBeUndefined();
  });

  test('a draft of a preset names it, and saving the preset changes what the page compares its draft with', () => {
    const { controller, posted } = openForm();
    const store = 'file:///presets.json';
    const opened: OpenedPreset = { raw: { name: 'a', FunctionName: 'f' }, store, index: 0 };
    controller.fill(EMPTY_DRAFT, undefined, opened);
    controller.ready();
    expect(posted).toContainEqual({ type: 'draft', draft: EMPTY_DRAFT, preset: { name: 'a', store } });
    const renamed: OpenedPreset = { ...opened, raw: { name: 'b', FunctionName: 'f' } };
    controller.hide();
    controller.presetSaved(EMPTY_DRAFT, renamed);
    expect(posted.filter(({ type }) => type === 'presetSaved')).toEqual([]);
    controller.ready();
    controller.ready();
    expect(posted.filter(({ type }) => type === 'presetSaved')).toEqual([
      { type: 'presetSaved', draft: EMPTY_DRAFT, preset: { name: 'b', store } },
    ]);
    expect(controller.openedPreset).toBe(renamed);
  });

  test('a form that was closed is reopened with its content', () => {
    const opened: OpenedPreset = { raw: { name: 'a', FunctionName: 'f' }, store: 'file:///p.json', index: 0 };
    const before = openForm();
    before.controller.fill({ ...EMPTY_DRAFT, FunctionName: 'f' }, { kind: 'aws', profile: 'dev' }, opened);
    before.controller.ready();
    const draft = { ...EMPTY_DRAFT, FunctionName: 'f', Payload: '{"edited":true}' };
    before.controller.changeDraft(draftReport(draft, { drafts: 1 }));
    before.controller.dispose();
    const { content } = before.controller;
    const { controller, posted, titles } = openForm({ content });
    expect(titles).toEqual(['f']);
    expect([controller.isOccupied, controller.connection]).toEqual([true, { kind: 'aws', profile: 'dev' }]);
    expect(controller.openedPreset).toBe(opened);
    expect(posted).toEqual([]);
    controller.ready();
    const preset = { name: 'a', store: 'file:///p.json' };
    expect(posted[0]).toEqual({ type: 'draft', draft, baseline: { ...EMPTY_DRAFT, FunctionName: 'f' }, preset });
    controller.changeDraft(draftReport({}, { isDirty: false }));
    expect(controller.content).toEqual(content);
  });

  test('a form that was closed while its page was loading has the draft that it was about to show', () => {
    const { controller } = openForm();
    const draft = { ...EMPTY_DRAFT, FunctionName: 'orders' };
    controller.fill(draft);
    controller.ready();
    controller.changeDraft(draftReport({}, { isDirty: false }));
    expect(controller.content).toEqual({ draft, baseline: draft });
  });

  test('the preset of a reloaded form is read again, unless the form shows another draft before', () => {
    const preset = { name: 'a', store: 'file:///p.json' };
    const opened: OpenedPreset = { raw: { name: 'a', FunctionName: 'f' }, store: preset.store, index: 0 };
    const content = { draft: { ...EMPTY_DRAFT, FunctionName: 'f' }, baseline: EMPTY_DRAFT, preset };
    const { controller } = openForm({ content, isReloaded: true });
    expect(controller.content).toEqual(content);
    controller.restorePreset(preset, opened);
    const { preset: _, ...rest } = content;
    expect(controller.content).toEqual({ ...rest, opened });
    const other = openForm({ content, isReloaded: true }).controller;
    other.fill(EMPTY_DRAFT);
    other.restorePreset(preset, opened);
    expect([other.unreadPreset, other.openedPreset]).toEqual([undefined, undefined]);
  });

  test('the draft of a saved preset has no edits', () => {
    const { controller } = openForm();
    const draft = { ...EMPTY_DRAFT, FunctionName: 'f' };
    controller.ready();
    controller.changeDraft(draftReport({ ...draft, Qualifier: '7' }));
    const opened: OpenedPreset = { raw: { name: 'a', FunctionName: 'f' }, store: 'file:///p.json', index: 0 };
    controller.presetSaved(draft, opened);
    expect(controller.content).toEqual({ draft: { ...draft, Qualifier: '7' }, baseline: draft, opened });
  });

  test('the editor of the payload gets the payload of another draft at once, but not that of a reopened form', () => {
    const { controller, payloads } = openForm();
    controller.fill({ ...EMPTY_DRAFT, Payload: '1' });
    expect(payloads).toEqual(['1']);
    expect(openForm({ content: controller.content }).payloads).toEqual([]);
  });

  test('an invocation from outside is shown with the preset that was run, or as it was sent', () => {
    const { controller, posted } = openForm();
    controller.ready();
    const order = {
      invocation: toInvocation({ ...EMPTY_DRAFT, Payload: '"1"' }),
      connection: { kind: 'local' },
    } as const;
    const outcome = { state: 'cancelled', reason: message('notConfirmed'), clientMs: 0, notes: [] } as const;
    const ended = { invocationId: 'x', order, result: { outcome } };
    const draft = { ...EMPTY_DRAFT, Payload: '"${uuid}"', hasVariables: true };
    const opened: OpenedPreset = { raw: { name: 'a', FunctionName: 'f' }, store: 'file:///p.json', index: 0 };
    controller.show(ended, { draft, opened });
    expect(posted).toContainEqual({ type: 'draft', draft, preset: { name: 'a', store: 'file:///p.json' } });
    expect(controller.invocations.shown?.ended).toBe(ended);
    controller.show(ended);
    expect(posted).toContainEqual({ type: 'draft', draft: toDraft(order.invocation) });
  });

  test('an imported draft fills a form only if it isn’t occupied', () => {
    const { controller, posted } = openForm();
    const imported = { ...EMPTY_DRAFT, FunctionName: 'imported' };
    controller.ready();
    expect(controller.fillUnlessOccupied(imported, undefined)).toBe(true);
    expect(posted).toContainEqual({ type: 'draft', draft: imported });
    controller.changeDraft(draftReport({}, { drafts: 1 }));
    posted.length = 0;
    expect(controller.fillUnlessOccupied(imported, undefined)).toBe(false);
    expect(posted).toEqual([]);
  });

  test('a streamed response can be saved while it arrives, but not after it ended', async () => {
    const { controller, answer } = openForm();
    const streamed: Invocation = { ...invocation, InvokeMode: 'RESPONSE_STREAM' };
    const sink = () => ({ label: 'out.txt', write: () => Promise.resolve(), end: () => Promise.resolve() });
    expect(controller.invocations.streamSaver()).toBeUndefined();
    controller.invoke({ type: 'invoke', invocationId: 'a', invocation: streamed, isSentAnyway: false });
    const [save, saveLate, saveLater] = [
      controller.invocations.streamSaver(),
      controller.invocations.streamSaver(),
      controller.invocations.streamSaver(),
    ];
    expect(await save?.(sink())).toBe('saving');
    expect(await controller.invocations.streamSaver()?.(sink())).toBe('alreadySaving');
    await answer();
    expect(await saveLate?.(sink())).toBe('ended');
    controller.fill(EMPTY_DRAFT);
    expect(await saveLater?.(sink())).toBe('notBuffered');
  });
});

test('a response is posted in parts that add up to its body', () => {
  const body = Uint8Array.from({ length: 1_200_000 }, (_, index) => index % 251);
  const parts = [...responseParts(body)];
  expect(parts.map(({ offset }) => offset)).toEqual([0, 16_384, 540_672, 1_064_960]);
  expect(Buffer.concat(parts.map(({ bytes }) => bytes)).equals(body)).toBe(true);
});
