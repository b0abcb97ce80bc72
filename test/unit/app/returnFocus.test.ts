import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { RunDependencies } from '../../../src/app/runInvocation.ts';
import { reportUntil } from '../../../src/app/waits.ts';
import { InvokeError } from '../../../src/core/outcome/invokeError.ts';
import { openForm, orderOf } from '../../support/formInvocations.ts';

describe('the focus', () => {
  beforeEach(() => vi.useFakeTimers());
  afterEach(() => vi.useRealTimers());

  const answered = (isConfirmed: boolean): Pick<RunDependencies, 'confirm'> => ({
    confirm: (_, __, reportPrompt) => reportUntil(Promise.resolve(isConfirmed), 'confirmation', reportPrompt),
  });
  const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);

  test('returns to the form soon after a confirmation', async () => {
    const { form, sent, focusReturns } = openForm(answered(true));
    form.start('a', orderOf('1'));
    await pass(100);
    expect([sent, focusReturns]).toEqual([['1'], []]);
    await pass(1000);
    expect(focusReturns).toEqual(['succeeded']);
  });

  test('returns after a declined confirmation, and after a declined sign-in', async () => {
    const expired = new InvokeError({ code: 'notConfirmed', args: [] }, { loginProfile: 'corp' });
    const signIn = { invoke: () => Promise.reject(expired), signIn: () => Promise.resolve(false) };
    for (const changes of [answered(false), signIn]) {
      const { form, last, focusReturns } = openForm(changes);
      form.start('a', orderOf('1'));
      await pass(1000);
      expect(last()[1]).toBe('cancelled');
      expect(focusReturns).toEqual(['cancelled']);
    }
  });

  test('stays with a prompt that follows the confirmation', async () => {
    const { form, focusReturns } = openForm({
      ...answered(true),
      invoke: (_request, { onPrompt }) => {
        onPrompt?.(true);
        return new Promise(() => undefined);
      },
    });
    form.start('a', orderOf('1'));
    await pass(1000);
    expect(focusReturns).toEqual([]);
  });

  test('stays with the confirmation of the next invocation', async () => {
    const answers: ((isConfirmed: boolean) => void)[] = [];
    const { form, focusReturns } = openForm({
      confirm: (_, __, reportPrompt) =>
        reportUntil(new Promise<boolean>((resolve) => answers.push(resolve)), 'confirmation', reportPrompt),
    });
    form.start('a', orderOf('1'));
    await pass(1);
    answers[0]?.(false);
    await pass(1);
    form.start('b', orderOf('1'));
    await pass(1000);
    expect([answers.length, focusReturns]).toEqual([2, []]);
    answers[1]?.(false);
    await pass(1000);
    expect(focusReturns).toEqual(['cancelled']);
  });

  test('stays if the form was closed during the confirmation, or nothing was asked', async () => {
    const closed = openForm(answered(true));
    closed.form.start('a', orderOf('1'));
    closed.form.dispose();
    const unasked = openForm();
    unasked.form.start('a', orderOf('1'));
    await pass(1000);
    expect([closed.sent, closed.focusReturns]).toEqual([['1'], []]);
    expect([unasked.sent, unasked.focusReturns]).toEqual([['1'], []]);
  });
});
