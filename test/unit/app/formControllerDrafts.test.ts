import { describe, expect, test } from 'vitest';
import { EMPTY_DRAFT, toDraft, toInvocation } from '../../../src/core/invocation/draft.ts';
import type { Invocation } from '../../../src/core/invocation/invocation.ts';
import { message } from '../../../src/core/messages/messages.ts';
import type { OpenedPreset } from '../../../src/core/presets/preset.ts';
import { draftReport } from '../../support/draftReport.ts';
import { openFormController } from '../../support/formController.ts';

const invocation: Invocation = { FunctionName: 'hello', InvocationType: 'RequestResponse', payload: { kind: 'none' } };

describe('the draft of a form', () => {
  test('a dirty draft and a running invocation occupy the form', () => {
    const { controller } = openFormController();
    const changed = (isDirty: boolean) => controller.changeDraft(draftReport({}, { isDirty }));
    expect(controller.isOccupied).toBe(false);
    changed(true);
    expect(controller.isOccupied).toBe(true);
    changed(false);
    controller.invoke({ type: 'invoke', invocationId: 'a', invocation, isSentAnyway: false });
    expect(controller.isOccupied).toBe(true);
  });

  test('a draft names the form at once, and is posted when the form is ready', () => {
    const { controller, posted, titles } = openFormController();
    const draft = { ...EMPTY_DRAFT, FunctionName: 'orders' };
    controller.fill(draft);
    expect(titles).toEqual(['orders']);
    expect(posted).toEqual([]);
    controller.ready();
    expect(posted[0]).toEqual({ type: 'draft', draft });
  });

  test('a draft for a hidden form is posted when the form is ready again', () => {
    const { controller, posted } = openFormController();
    controller.ready();
    controller.hide();
    posted.length = 0;
    controller.fill({ ...EMPTY_DRAFT, FunctionName: 'other' });
    expect(posted).toEqual([]);
    controller.ready();
    expect(posted[0]).toMatchObject({ type: 'draft', draft: { FunctionName: 'other' } });
  });

  test('a form uses the connection of its draft until another one is selected', () => {
    const { controller } = openFormController();
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
    const { controller, posted } = openFormController({ content, isReloaded: true });
    controller.ready();
    expect(posted.filter(({ type }) => type === 'draft')).toEqual([]);
    expect(controller.isOccupied).toBe(true);
    expect(controller.connection).toEqual({ kind: 'aws', profile: 'kept' });
  });

  test('a connection selected while the form is hidden overrides the one that its page stored', () => {
    const { controller } = openFormController();
    controller.fill(EMPTY_DRAFT, { kind: 'aws', profile: 'preset' });
    controller.ready();
    controller.hide();
    controller.useWindowConnection();
    controller.ready();
    expect(controller.connection).toEqual({ kind: 'local' });
  });

  test('a new draft clears the outcome', async () => {
    const { controller, states, answer } = openFormController();
    controller.ready();
    controller.invoke({ type: 'invoke', invocationId: 'a', invocation, isSentAnyway: false });
    await answer();
    controller.fill({ ...EMPTY_DRAFT, FunctionName: 'other' });
    expect(states().at(-1)).toBe('idle');
  });

  test('a payload file is described when it changes, not with every keystroke', () => {
    const { controller, describedFiles } = openFormController();
    const change = (payloadFile: string) => controller.changeDraft(draftReport({ payloadFile }));
    change('file:///a');
    change('file:///a');
    change('file:///b');
    controller.ready();
    change('file:///b');
    expect(describedFiles).toEqual(['file:///a', 'file:///b', 'file:///b']);
  });

  test('the opened preset is remembered until another draft fills the form', () => {
    const { controller } = openFormController();
    const preset = { name: 'a', FunctionName: '${env:NAME}' };
    const opened: OpenedPreset = { raw: preset, resolved: preset, store: 'file:///presets.json', index: 0 };
    controller.fill(EMPTY_DRAFT, undefined, opened);
    expect(controller.openedPreset).toBe(opened);
    controller.fill(EMPTY_DRAFT);
    expect(controller.openedPreset).toBeUndefined();
  });

  test('a draft of a preset names it, and saving the preset changes what the page compares its draft with', () => {
    const { controller, posted } = openFormController();
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
    const before = openFormController();
    before.controller.fill({ ...EMPTY_DRAFT, FunctionName: 'f' }, { kind: 'aws', profile: 'dev' }, opened);
    before.controller.ready();
    const draft = { ...EMPTY_DRAFT, FunctionName: 'f', Payload: '{"edited":true}' };
    before.controller.changeDraft(draftReport(draft, { drafts: 1 }));
    before.controller.dispose();
    const { content } = before.controller;
    const { controller, posted, titles } = openFormController({ content });
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
    const { controller } = openFormController();
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
    const { controller } = openFormController({ content, isReloaded: true });
    expect(controller.content).toEqual(content);
    controller.restorePreset(preset, opened);
    const { preset: _, ...rest } = content;
    expect(controller.content).toEqual({ ...rest, opened });
    const other = openFormController({ content, isReloaded: true }).controller;
    other.fill(EMPTY_DRAFT);
    other.restorePreset(preset, opened);
    expect([other.unreadPreset, other.openedPreset]).toEqual([undefined, undefined]);
  });

  test('the draft of a saved preset has no edits', () => {
    const { controller } = openFormController();
    const draft = { ...EMPTY_DRAFT, FunctionName: 'f' };
    controller.ready();
    controller.changeDraft(draftReport({ ...draft, Qualifier: '7' }));
    const opened: OpenedPreset = { raw: { name: 'a', FunctionName: 'f' }, store: 'file:///p.json', index: 0 };
    controller.presetSaved(draft, opened);
    expect(controller.content).toEqual({ draft: { ...draft, Qualifier: '7' }, baseline: draft, opened });
  });

  test('the editor of the payload gets the payload of another draft at once, but not that of a reopened form', () => {
    const { controller, payloads } = openFormController();
    controller.fill({ ...EMPTY_DRAFT, Payload: '1' });
    expect(payloads).toEqual(['1']);
    expect(openFormController({ content: controller.content }).payloads).toEqual([]);
  });

  test('an invocation from outside is shown with the preset that was run, or as it was sent', () => {
    const { controller, posted } = openFormController();
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
    const { controller, posted } = openFormController();
    const imported = { ...EMPTY_DRAFT, FunctionName: 'imported' };
    controller.ready();
    expect(controller.fillUnlessOccupied(imported, undefined)).toBe(true);
    expect(posted).toContainEqual({ type: 'draft', draft: imported });
    controller.changeDraft(draftReport({}, { drafts: 1 }));
    posted.length = 0;
    expect(controller.fillUnlessOccupied(imported, undefined)).toBe(false);
    expect(posted).toEqual([]);
  });
});
