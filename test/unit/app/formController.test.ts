import { describe, expect, test } from 'vitest';
import { responseParts } from '../../../src/app/responseParts.ts';
import { EMPTY_DRAFT } from '../../../src/core/invocation/draft.ts';
import type { Invocation } from '../../../src/core/invocation/invocation.ts';
import { openFormController, settled } from '../../support/formController.ts';

const invocation: Invocation = { FunctionName: 'hello', InvocationType: 'RequestResponse', payload: { kind: 'none' } };

describe('FormController', () => {
  test('posts the outcome with the body, and the running state only for longer invocations', async () => {
    const { controller, posted, states, answer } = openFormController();
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
    const { controller, logs, answer } = openFormController();
    controller.ready();
    controller.invoke({ type: 'invoke', invocationId: 'a', invocation, isSentAnyway: false });
    await answer();
    expect(logs).toEqual(['a']);
    controller.hide();
    controller.ready();
    expect(logs).toEqual(['a', 'a']);
  });

  test('a second click during an invocation sends nothing', async () => {
    const { controller, answers } = openFormController();
    controller.invoke({ type: 'invoke', invocationId: 'a', invocation, isSentAnyway: false });
    controller.invoke({ type: 'invoke', invocationId: 'b', invocation, isSentAnyway: false });
    await settled();
    expect(answers).toHaveLength(1);
  });

  test('an invocation ID is accepted once, even after the invocation ended', async () => {
    const { controller, answers, states, answer } = openFormController();
    controller.ready();
    controller.invoke({ type: 'invoke', invocationId: 'a', invocation, isSentAnyway: false });
    await answer();
    controller.invoke({ type: 'invoke', invocationId: 'a', invocation, isSentAnyway: false });
    await settled();
    expect(answers).toHaveLength(0);
    expect(states().at(-1)).toBe('failed');
  });

  test('Stop Waiting cancels the wait', async () => {
    const { controller, states } = openFormController();
    controller.ready();
    controller.invoke({ type: 'invoke', invocationId: 'a', invocation, isSentAnyway: false });
    await settled();
    controller.invocations.stopWaiting();
    await settled();
    expect(states().at(-1)).toBe('cancelled');
  });

  test('the outcome of a closed form is shown in a notification', async () => {
    const { controller, notified, answer } = openFormController();
    controller.invoke({ type: 'invoke', invocationId: 'a', invocation, isSentAnyway: false });
    controller.dispose();
    await answer();
    expect(notified.map(({ result }) => result.outcome.state)).toEqual(['succeeded']);
  });

  test('an outcome while the tab is being closed is shown in a notification', async () => {
    const { controller, notified, answer, closeTab } = openFormController();
    controller.ready();
    controller.invoke({ type: 'invoke', invocationId: 'a', invocation, isSentAnyway: false });
    closeTab();
    await answer();
    expect(notified).toEqual([]);
    controller.dispose();
    expect(notified.map(({ invocationId }) => invocationId)).toEqual(['a']);
  });

  test('an outcome that the page has received isn’t shown again in a notification', async () => {
    const { controller, notified, answer } = openFormController();
    controller.ready();
    controller.invoke({ type: 'invoke', invocationId: 'a', invocation, isSentAnyway: false });
    await answer();
    controller.dispose();
    expect(notified).toEqual([]);
  });

  test('a form that was closed during its invocation and opened again shows it, and can’t invoke until it ends', async () => {
    const { controller, notified, posted: postedBefore, answer } = openFormController();
    controller.invoke({ type: 'invoke', invocationId: 'a', invocation, isSentAnyway: false });
    controller.dispose();
    const again = openFormController({ running: controller.invocations.release() });
    again.controller.ready();
    again.controller.invoke({ type: 'invoke', invocationId: 'b', invocation, isSentAnyway: false });
    await settled();
    expect([again.states(), again.answers.length, again.controller.isOccupied]).toEqual([['idle', 'running'], 0, true]);
    await answer();
    expect(again.states()).toEqual(['idle', 'running', 'succeeded']);
    expect([notified, postedBefore, again.controller.isOccupied]).toEqual([[], [], false]);
  });

  test('a form that becomes visible again gets the last outcome and its body', async () => {
    const { controller, posted, states, answer } = openFormController();
    controller.invoke({ type: 'invoke', invocationId: 'a', invocation, isSentAnyway: false });
    await answer();
    posted.length = 0;
    controller.ready();
    expect(states()).toEqual(['succeeded']);
    expect(posted.at(-1)).toMatchObject({ type: 'outcome', response: { byteLength: 2 } });
  });

  test('a streamed response can be saved while it arrives, but not after it ended', async () => {
    const { controller, answer } = openFormController();
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
