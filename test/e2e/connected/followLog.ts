import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { FrameLocator, Locator } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { CONFIG } from '../../support/connectedWindow.ts';
import { expectText } from '../../support/expectText.ts';
import { connected, window } from './window.ts';

const GROUP = '/shop/followed';
const OTHER = '/aws/lambda/followed-too';

/** A tab that follows logs. */
class FollowPage {
  readonly frame: FrameLocator;

  constructor(nth = 0) {
    this.frame = window.form(nth);
  }

  byId(id: string): Locator {
    return this.frame.locator(`#${id}`);
  }

  button(name: string | RegExp): Locator {
    return this.frame.getByRole('button', { name, exact: typeof name === 'string' });
  }

  get rows(): Locator {
    return this.frame.locator('.log-row');
  }

  row(text: string): Locator {
    return this.rows.filter({ hasText: text });
  }

  /** The texts of the rendered rows. */
  messages(): Promise<string[]> {
    return this.frame.locator('.log-message').allTextContents();
  }
}

const write = (group: string, ...messages: readonly string[]) =>
  connected.services.logs.write(group, ...messages.map((message) => ({ message })));
const requests = () => connected.services.logs.requests.length;
const reads = () => connected.services.logs.requestsOf('FilterLogEvents').length;

/** Follows functions from the palette. The answer to the question starts it. */
async function follow(names: readonly string[], answer?: 'Start Live Tail' | 'Poll'): Promise<FollowPage> {
  await window.command('Lambda Invoke: Follow Log…');
  for (const name of names) {
    await window.quickPick.input.fill(name);
    await window.page
      .locator(`.quick-input-list .monaco-list-row:is([aria-label="${name}"], [aria-label^="${name},"])`)
      .first()
      .click();
  }
  await window.quickPick.input.press('Enter');
  const page = new FollowPage();
  if (answer !== undefined) await page.button(answer).click();
  return page;
}

beforeAll(async () => {
  await connected.writeConfig(CONFIG);
  const { functions, logs } = connected.services;
  const arn = 'arn:aws:lambda:eu-west-1:123456789012:function:';
  functions.push(
    { FunctionName: 'followed', FunctionArn: `${arn}followed`, LoggingConfig: { LogGroup: GROUP, LogFormat: 'JSON' } },
    { FunctionName: 'followed-too', FunctionArn: `${arn}followed-too` },
  );
  logs.write(GROUP);
  logs.write(OTHER);
  await window.selectProfile('keys');
});

describe('Follow Log', () => {
  test('asks before Live Tail, with a link to its price, and sends no request to CloudWatch Logs before', async () => {
    const before = requests();
    const page = await follow(['followed']);
    await page.byId('question').waitFor();
    expect(await page.byId('question').textContent()).toMatch(/charges for each minute/);
    const link = page.frame.getByRole('link', { name: 'CloudWatch pricing' });
    expect(await link.getAttribute('href')).toBe('https://aws.amazon.com/cloudwatch/pricing/');
    expect(requests()).toBe(before);
    await expect.poll(() => page.button('Poll').evaluate((button) => button === document.activeElement)).toBe(true);
  });

  test('shows the lines of Live Tail, filters them by text and level, and closes the session with the tab', async () => {
    const page = await follow(['followed'], 'Start Live Tail');
    await page.frame.getByText('Live Tail', { exact: true }).waitFor();
    write(GROUP, '{"level":"INFO","message":"order taken","orderId":7}', '{"level":"ERROR","message":"no stock"}');
    await page.row('order taken').waitFor();
    await page.row('no stock').waitFor();
    await page.button('ERROR 1').click();
    await expect.poll(() => page.messages()).toEqual(['no stock']);
    await page.button('ERROR 1').click();
    await page.frame.getByRole('searchbox').fill('orderId');
    await expect.poll(() => page.rows.count()).toBe(1);
    await page.row('order taken').waitFor();
    const session = connected.services.logs.sessions.at(-1);
    expect(session?.isClosed()).toBe(false);
    await window.closeEditors();
    await expect.poll(() => session?.isClosed()).toBe(true);
  });

  test('shows that CloudWatch Logs returned a sample', async () => {
    const page = await follow(['followed'], 'Start Live Tail');
    await page.frame.getByText('Live Tail', { exact: true }).waitFor();
    await expect.poll(() => connected.services.logs.requests.at(-1)?.operation).toBe('FilterLogEvents');
    write(GROUP, ...Array.from({ length: 600 }, (_, at) => `sampled ${at}`));
    await page.frame.getByText('Sampled', { exact: true }).waitFor();
  });

  test('polls with a note if Live Tail is not allowed', async () => {
    connected.services.logs.refuseNext({ name: 'AccessDeniedException' });
    const page = await follow(['followed'], 'Start Live Tail');
    await page.frame.getByText('Polling', { exact: true }).waitFor();
    await page
      .byId('functions')
      .getByText(/Live Tail isn't available\. .*logs:StartLiveTail/)
      .waitFor();
    write(GROUP, 'polled line');
    await page.row('polled line').waitFor();
  });

  test('says once why several functions are polled, and shows below the filters that it waits for lines', async () => {
    connected.services.logs.refuseNext({ name: 'AccessDeniedException' });
    const page = await follow(['followed', 'followed-too'], 'Start Live Tail');
    await page.byId('functions').getByText('Polling', { exact: true }).nth(1).waitFor();
    await expectText(page.frame.locator('.follow-note'), /Live Tail isn't available\./);
    await page.button('Clear').click();
    const waiting = await page.frame.getByText('Waiting for log lines').boundingBox();
    const head = await page.frame.locator('.log-head').boundingBox();
    expect(waiting?.y).toBeLessThan((head?.y ?? 0) + (head?.height ?? 0) + 40);
  });

  test('polls, and sends no request after the tab is closed', async () => {
    const page = await follow(['followed'], 'Poll');
    await page.frame.getByText('Polling', { exact: true }).waitFor();
    await expect.poll(reads).toBeGreaterThan(0);
    await window.closeEditors();
    const after = requests();
    await window.command('View: Toggle Primary Side Bar Visibility');
    await window.command('View: Toggle Primary Side Bar Visibility');
    expect(requests()).toBe(after);
  });

  test('shows the number of lines that arrive during a pause, and the lines after it', async () => {
    const page = await follow(['followed'], 'Poll');
    write(GROUP, 'before the pause');
    await page.row('before the pause').waitFor();
    await page.button('Pause').click();
    write(GROUP, 'one', 'two');
    await page.button('Continue (2 new)').waitFor();
    expect(await page.row('two').count()).toBe(0);
    await page.button('Continue (2 new)').click();
    await page.row('two').waitFor();
  });

  test('stays at the end until the user scrolls up, and jumps to it', async () => {
    const page = await follow(['followed'], 'Poll');
    write(GROUP, ...Array.from({ length: 300 }, (_, at) => `line ${at}`));
    await page.row('line 299').waitFor();
    expect(await page.byId('to-end').isVisible()).toBe(false);
    await page.byId('log-rows').evaluate((rows) => (rows.scrollTop = 0));
    await page.row('line 0').first().waitFor();
    write(GROUP, 'the newest');
    await page.button('Jump to End (1 new)').waitFor();
    expect(await page.row('the newest').count()).toBe(0);
    await page.button('Jump to End (1 new)').click();
    await page.row('the newest').waitFor();
    expect(await page.byId('to-end').isVisible()).toBe(false);
  });

  test('keeps the last 10,000 entries, and renders only the visible ones', async () => {
    const page = await follow(['followed'], 'Poll');
    write(GROUP, ...Array.from({ length: 12_000 }, (_, at) => `{"level":"INFO","message":"entry ${at}"}`));
    await page.row('entry 11999').waitFor();
    await expectText(page.frame.locator('.log-count'), '10000 entries');
    await page.frame.getByText('Older entries were dropped.').waitFor();
    expect(await page.rows.count()).toBeLessThan(120);
    await page.button('Clear').click();
    await expectText(page.frame.locator('.log-count'), '0 entries');
  });

  test('follows several functions, shows which one has logged a line, and saves the lines to a file', async () => {
    const page = await follow(['followed', 'followed-too'], 'Poll');
    await expect.poll(() => page.byId('functions').locator('li').count()).toBe(2);
    write(GROUP, 'from the first');
    write(OTHER, 'from the second');
    await expectText(page.row('from the first').locator('.log-name'), 'followed');
    await expectText(page.row('from the second').locator('.log-name'), 'followed-too');
    await page.button('Save Log…').click();
    const file = join(window.workspace, 'saved.log');
    await window.quickPick.chooseFile(file);
    await expect
      .poll(async () => (await readFile(file, 'utf8').catch(() => '')).split('\n').toSorted())
      .toEqual(['', 'followed-too: from the second', 'followed: from the first']);
  });

  test('shows the JSON of a line in the form first, and invokes nothing', async () => {
    const page = await follow(['followed'], 'Poll');
    write(GROUP, '{"level":"INFO","message":"received","event":{"orderId":12345678901234567890}}');
    await page.row('received').click();
    const before = connected.services.requests.length;
    await page.button('Use as Payload').click();
    await window.page.locator('.tab.active').filter({ hasText: 'Invoke followed' }).waitFor();
    const form = window.form(1);
    await form.getByText('12345678901234567890').first().waitFor();
    const sent = connected.services.requests.slice(before).filter(({ operation }) => /invocations/.test(operation));
    expect(sent).toEqual([]);
  });

  test('follows nothing after the window was reloaded until the user resumes', async () => {
    const page = await follow(['followed'], 'Start Live Tail');
    await page.frame.getByText('Live Tail', { exact: true }).waitFor();
    await window.reload();
    const restored = new FollowPage();
    await restored.button('Resume').waitFor();
    const after = requests();
    await restored.frame.getByText('Stopped').first().waitFor();
    expect(requests()).toBe(after);
    await restored.button('Resume').click();
    await restored.button('Poll').click();
    write(GROUP, 'after the reload');
    await restored.row('after the reload').waitFor();
    expect(reads()).toBeGreaterThan(0);
  });

  test('shows what a local function logs while it runs, and has no question', async () => {
    await window.selectProfile('Local');
    const page = await follow(['counts']);
    await page.frame.getByText('Live', { exact: true }).waitFor();
    expect(await page.byId('question').isVisible()).toBe(false);
    await window.command('Lambda Invoke: Invoke Preset…');
    await window.quickPick.pick('counts');
    // It writes ten lines in three seconds.
    await window.page.locator('.tab').filter({ hasText: 'Log: counts' }).click();
    await page.row('writing 2').waitFor();
    expect(await page.row('writing 10').count()).toBe(0);
    await page.row('writing 10').waitFor();
    await window.selectProfile('keys');
  });
});
