import { expect, test } from 'vitest';
import { createPromptTimer } from '../../../../src/core/async/promptTimer.ts';

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

test("includes the prompt that is open now, and stops when it's answered", async () => {
  const prompts = createPromptTimer();
  expect(prompts.ms).toBe(0);
  prompts.onPrompt(true);
  await pause(20);
  expect(prompts.ms).toBeGreaterThan(10);
  prompts.onPrompt(false);
  const { ms } = prompts;
  await pause(20);
  expect(prompts.ms).toBe(ms);
});

test('counts overlapping prompts once', async () => {
  const prompts = createPromptTimer();
  const start = performance.now();
  prompts.onPrompt(true);
  prompts.onPrompt(true);
  await pause(20);
  prompts.onPrompt(false);
  expect(prompts.ms).toBeGreaterThan(0);
  prompts.onPrompt(false);
  expect(prompts.ms).toBeLessThanOrEqual(performance.now() - start);
});

test('a deadline pauses while a prompt is open', async () => {
  const prompts = createPromptTimer();
  const calls: number[] = [];
  const start = performance.now();
  prompts.onPrompt(true);
  prompts.after(20, () => calls.push(performance.now() - start));
  await pause(60);
  expect(calls).toEqual([]);
  prompts.onPrompt(false);
  await expect.poll(() => calls.length).toBe(1);
  expect(calls[0]).toBeGreaterThan(70);
});

test("a canceled deadline doesn't fire", async () => {
  let isCalled = false;
  createPromptTimer().after(10, () => (isCalled = true))();
  await pause(30);
  expect(isCalled).toBe(false);
});
