import { readFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { roleCredentials, SECRETS } from '../../support/awsServices.ts';
import { CONFIG } from '../../support/connectedWindow.ts';
import type { FormPage } from '../../support/formPage.ts';
import { expectText } from '../../support/expectText.ts';
import { focusedIn } from '../../support/focused.ts';
import { writtenFiles } from '../../support/writtenFiles.ts';
import { connected, window } from './window.ts';

async function formFor(FunctionName: string): Promise<FormPage> {
  const form = await connected.openForm();
  await form.field('FunctionName').fill(FunctionName);
  return form;
}

function invocations(): number {
  return connected.services.requestsOf('Invoke').length;
}

/** Runs an action that opens a URL in the browser, and returns the URL. */
async function addressOpenedBy(action: () => Promise<void>): Promise<string> {
  const opened = window.page.context().waitForEvent('page');
  await action();
  const page = await opened;
  const address = page.url();
  await page.close();
  return address;
}

const status = () => window.page.locator('.statusbar-item#lambda-invoke\\.lambda-invoke\\.lambdaInvoke\\.connection');

describe('a profile', () => {
  test('with an error is listed with the others, and selecting it shows the file and line', async () => {
    await window.command('Lambda Invoke: Select Profile…');
    for (const name of ['keys', 'mfa', 'corp', 'prod', 'broken']) await window.quickPick.row(name).waitFor();
    await window.quickPick.pick('broken');
    await window.notification('line 26: Invalid setting.').waitFor();
    await window.notification("Can't use profile broken.").getByRole('button', { name: 'Open File' }).click();
    await window.page.locator('.tab.active').filter({ hasText: 'config' }).waitFor();
    await window.page
      .locator('.statusbar-item')
      .filter({ hasText: /^Ln 26,/ })
      .waitFor();
  });

  test('that changes in the config file is updated in the form and the status bar', async () => {
    await window.selectProfile('keys');
    const form = await formFor('orders');
    await expectText(form.connection, 'eu-west-1');
    await connected.writeConfig(CONFIG.replace('region = eu-west-1', 'region = ap-southeast-2'));
    await expectText(form.connection, 'ap-southeast-2');
    await expect.poll(() => status().textContent()).toContain('keys · ap-southeast-2');
    await connected.writeConfig(CONFIG);
    await expectText(form.connection, 'eu-west-1');
  });

  test('shows its account and role on demand', async () => {
    await window.selectProfile('keys');
    const form = await formFor('orders');
    await form.byId('account').click();
    await window.notification('Account 123456789012').waitFor();
    await expectText(form.byId('account'), '123456789012 · AKIAKEYS');
  });

  test('with MFA prompts for the code once, and sends nothing without it', async () => {
    await window.selectProfile('mfa');
    const form = await formFor('orders');
    const before = invocations();
    await form.invoke.click();
    await expectText(window.page.locator('.quick-input-widget'), 'arn:aws:iam::123456789012:mfa/ada');
    await window.page.keyboard.press('Escape');
    await expectText(form.outcome, 'No MFA code was entered');
    expect(invocations()).toBe(before);
    for (let click = 1; click <= 2; click++) {
      await form.invoke.click();
      if (click === 1) {
        await window.quickPick.input.waitFor();
        await window.quickPick.answer('12');
        await expectText(window.page.locator('.quick-input-widget'), 'Enter a six-digit MFA code.');
        await window.quickPick.answer(SECRETS.mfaCode);
      }
      await expect.poll(invocations).toBe(before + click);
      await expectText(form.headline, /Succeeded.*Lambda 200/);
    }
    const assumed = connected.services.requestsOf('sts AssumeRole').filter(({ body }) => body.includes('TokenCode='));
    expect(assumed.map(({ body }) => new URLSearchParams(body).get('TokenCode'))).toEqual([SECRETS.mfaCode]);
  });
});

test('Select Profile, Select Region and Select Endpoint mark the current value, and Enter changes nothing', async () => {
  await window.selectProfile('keys');
  const shows = (text: string) => expect.poll(() => status().textContent()).toContain(text);
  const { activeRow } = window.quickPick;
  const isMarked = async (text: string) => {
    await activeRow.filter({ hasText: text }).waitFor();
    await activeRow.locator('.codicon-check').waitFor();
    await window.page.keyboard.press('Enter');
    await window.quickPick.input.waitFor({ state: 'hidden' });
  };
  await window.command('Lambda Invoke: Select Profile…');
  await isMarked('keys');
  await window.command('Lambda Invoke: Select Region…');
  await isMarked('Profile default');
  await window.command('Lambda Invoke: Select Endpoint…');
  await isMarked('From settings, environment, or profile');
  await shows('keys · eu-west-1');
  await window.command('Lambda Invoke: Select Endpoint…');
  await window.quickPick.input.fill('ftp://elsewhere');
  await window.quickPick.acceptActive('Use entered URL');
  await window.quickPick.row("isn't a valid endpoint").waitFor();
  await window.quickPick.input.fill('http://127.0.0.1:4599');
  await window.quickPick.acceptActive('Use entered URL');
  await shows('127.0.0.1:4599');
  await window.command('Lambda Invoke: Select Endpoint…');
  await activeRow.filter({ hasText: 'http://127.0.0.1:4599' }).waitFor();
  await window.quickPick.pick('From settings, environment, or profile');
  await shows(connected.services.endpoint.replace('http://', ''));
});

describe('SSO', () => {
  test('offers to sign in, shows the code, waits for the browser, and continues the invocation', async () => {
    await window.selectProfile('corp');
    // The role credentials expire soon, so the next invocation needs the session again.
    connected.services.answer('GetRoleCredentials', roleCredentials({ forMs: 60_000 }));
    connected.services.sso.state = 'pending';
    const form = await formFor('orders');
    const before = invocations();
    await form.invoke.click();
    await expectText(connected.dialog, 'Sign in to corp?');
    const address = await addressOpenedBy(() => connected.dialog.getByRole('button', { name: 'Sign In' }).click());
    expect(address).toMatch(/\/verify\?user_code=ABCD-EFGH$/); // code-server proxies loopback URLs
    await window.notification('ABCD-EFGH').waitFor();
    expect(invocations()).toBe(before);
    connected.services.sso.state = 'allowed';
    await expectText(form.headline, /Succeeded.*Lambda 200/);
    await expectText(form.outcome, 'Signed in to corp before invoking.');
    expect(invocations()).toBe(before + 1);
    expect(connected.services.requestsOf('Invoke').at(-1)?.accessKeyId).toBe('ASIASSO');
  });

  test('with an expired token offers to sign in again, and Cancel sends nothing', async () => {
    await connected.writeToken('corp', { accessToken: 'old', expiresAt: '2020-01-01T00:00:00Z' });
    const form = await formFor('orders');
    const before = invocations();
    await form.invoke.click();
    await connected.dialog.getByRole('button', { name: 'Cancel' }).click();
    await expectText(form.outcome, 'Sign in, then try again.');
    await expectText(form.headline, 'Canceled');
    expect(invocations()).toBe(before);
  });

  test('can be canceled while the browser is open', async () => {
    connected.services.sso.state = 'pending';
    await addressOpenedBy(() => window.command('Lambda Invoke: Sign In with SSO…'));
    await window.notification('Signing in to corp').getByRole('button', { name: 'Cancel' }).click();
    await window.notification('Signing in to corp').waitFor({ state: 'hidden' });
    connected.services.sso.state = 'allowed';
  });
});

test('Sign In with SSO prompts for a profile if the connection does not use SSO', async () => {
  await window.selectProfile('keys');
  await window.command('Lambda Invoke: Sign In with SSO…');
  await addressOpenedBy(() => window.quickPick.acceptActive('corp'));
  await window.notification('Signed in to corp.').waitFor();
});

describe('a protected connection', () => {
  test('is marked, confirms with function, account, region and size, and can be confirmed for the window', async () => {
    await window.selectProfile('prod');
    const form = await formFor('orders');
    await form.typePayload('{"amount": 12}');
    await expectText(form.byId('protection'), 'Protected ("prod")');
    await expect.poll(() => status().getAttribute('class')).toContain('warning');
    const before = invocations();
    await form.field('Payload').focus();
    await window.page.keyboard.press('Control+End');
    await window.page.keyboard.press('Control+Enter');
    await connected.dialog.waitFor();
    await window.page.keyboard.press('Escape');
    await connected.dialog.waitFor({ state: 'hidden' });
    await expect.poll(() => focusedIn(window)).toBe('Payload');
    await window.page.keyboard.type(' ');
    await expect.poll(() => form.payload()).toBe('{"amount": 12} ');
    await form.invoke.click();
    await connected.dialog.waitFor();
    const question = (await connected.dialog.textContent()) ?? '';
    for (const part of ['orders', '999988887777', 'Region: eu-west-1', 'Payload: 15 bytes', 'This runs the function.'])
      expect(question).toContain(part);
    await connected.dialog.getByRole('button', { name: 'Cancel' }).click();
    await expectText(form.outcome, 'Nothing was sent.');
    await form.invoke.click();
    await connected.dialog.getByRole('button', { name: "Don't Ask Again" }).click();
    await expectText(form.headline, /Succeeded.*Lambda 200/);
    await form.invoke.click();
    await expect.poll(invocations).toBe(before + 2);
    await form.chooseAction('check-permission');
    await expect.poll(invocations).toBe(before + 3);
    await form.field('FunctionName').fill('payments');
    await form.invoke.click();
    await expectText(connected.dialog, 'payments');
    await connected.dialog.getByRole('button', { name: 'Cancel' }).click();
  });
});

test('a presets file protects functions for everyone who uses the folder', async () => {
  await window.selectProfile('keys');
  const form = await formFor('refunds');
  const file = join(window.workspace, '.vscode/lambda-invoke.json');
  const text = await readFile(file, 'utf8');
  await writeFile(file, text.replace('{', '{ "confirm": ["ref*"],'));
  await expectText(form.byId('protection'), 'Protected ("ref*")');
  const before = invocations();
  await form.invoke.click();
  await expectText(connected.dialog, 'Confirmation is required by "ref*" in the presets file.');
  await connected.dialog.getByRole('button', { name: 'Cancel' }).click();
  await expectText(form.outcome, 'Nothing was sent.');
  await writeFile(file, text);
  await form.byId('protection').waitFor({ state: 'hidden' });
  await form.invoke.click();
  await expect.poll(invocations).toBe(before + 1);
});

test('no secret reaches a webview message, the form, the Output channel, storage or a log', async () => {
  const secrets = Object.values(SECRETS);
  const form = await formFor('orders');
  const texts = new Map([
    ['the form', (await form.outcome.page().content()) + (await form.outcome.textContent())],
    ['the output', await window.outputChannel()],
    ['messages', connected.messages.join('\n')],
    ...(await writtenFiles(window.userData)),
  ]);
  for (const file of await readdir(window.workspace, { recursive: true, withFileTypes: true })) {
    if (file.isFile()) texts.set(file.name, await readFile(join(file.parentPath, file.name), 'utf8'));
  }
  expect(connected.messages.some((text) => text.includes('"outcome"'))).toBe(true);
  expect(texts.size).toBeGreaterThan(20);
  // The services received these secrets, so the search would find a leak.
  const seen = connected.services.requests
    .map(({ body, headers, url }) => `${body} ${JSON.stringify(headers)} ${url.search}`)
    .join('\n');
  for (const used of [SECRETS.sessionToken, SECRETS.mfaCode, SECRETS.ssoAccessToken, SECRETS.ssoClientSecret])
    expect(seen).toContain(used);
  const leaks = [...texts].flatMap(([place, text]) =>
    secrets.filter((secret) => text.includes(secret)).map((secret) => `${secret} in ${place}`),
  );
  expect(leaks).toEqual([]);
});
