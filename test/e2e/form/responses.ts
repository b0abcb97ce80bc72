import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { FormPage } from '../../support/formPage.ts';
import { answers, refuses, type Behaviour } from '../../support/lambdaServer.ts';
import { expectText } from '../../support/expectText.ts';
import { selectLocal, selectLoopback } from './steps.ts';
import { server, window } from './window.ts';

/** A form for a function, ready to be invoked. */
async function formFor(FunctionName: string): Promise<FormPage> {
  const form = await window.openForm();
  await form.field('FunctionName').fill(FunctionName);
  return form;
}

describe('Local', () => {
  test('a streamed response is shown as it arrives, and its metrics when it ends', async () => {
    const form = await formFor('counts');
    await form.choose('InvokeMode', 'RESPONSE_STREAM');
    await form.typePayload('{"to": 12, "everyMs": 500}');
    await form.invoke.click();
    await expectText(form.response, '1 of 12');
    expect(await form.headline.textContent()).toContain('Running');
    await expectText(form.byId('response-state'), /\d chunks?, .* first byte after/);
    await expectText(form.headline, /Succeeded.*Lambda 200/);
    await expectText(form.response, '12 of 12');
    await expectText(await form.openDetails(), /Time to first byte.*Chunks/s);
    await expectText(form.log, 'writing 12');
  });

  test('a streamed response is saved to the selected file, for one invocation', async () => {
    const form = await formFor('counts');
    await form.choose('InvokeMode', 'RESPONSE_STREAM');
    await form.typePayload('{"to": 3, "everyMs": 50}');
    await form.byId('stream-file').click();
    await window.quickPick.chooseFile(join(window.workspace, 'streamed.txt'));
    await expectText(form.byId('stream-file-name'), 'The next response is saved to streamed.txt.');
    await form.invoke.click();
    await expectText(form.headline, /Succeeded/);
    await expectText(await form.openDetails(), /Saved to\s*streamed\.txt/);
    expect(await readFile(join(window.workspace, 'streamed.txt'), 'utf8')).toBe('1 of 3\n2 of 3\n3 of 3\n');
    expect(await form.byId('stream-file-name').textContent()).toBe('');
  });

  test('Send as Is sends an invalid JSON payload unchanged, once', async () => {
    const form = await formFor('hello');
    await form.typePayload('{ oops }');
    await form.invoke.click();
    await expectText(form.problem('Payload'), "The payload isn't valid JSON (line 1, column 3).");
    await form.byId('send-as-is').click();
    await expectText(form.headline, /Rejected by Lambda.*Lambda 400/);
    await expectText(form.outcome, 'Could not parse request body into json');
    await form.invoke.click();
    await expectText(form.problem('Payload'), "The payload isn't valid JSON");
    await form.typePayload('{ "id": 12345678901234567890 }');
    await expectText(form.problem('Payload'), 'The number 12345678901234567890 (line 1, column 9) is sent unchanged');
    expect(await form.byId('send-as-is').isVisible()).toBe(false);
    await form.invoke.click();
    await expectText(form.headline, 'Succeeded');
  });

  test('a stack frame opens its file and line', async () => {
    const form = await formFor('throws');
    await form.invoke.click();
    await expectText(form.headline, 'Function error');
    await form.outcome.locator('.frame .link').first().click();
    await window.page.locator('.tab.active').filter({ hasText: 'throws.js' }).waitFor();
    const line = await window.page
      .locator('.statusbar-item')
      .filter({ hasText: /^Ln \d+/ })
      .textContent();
    expect(line).not.toContain('Ln 1,');
  });

  test('a timeout is shown with what to change', async () => {
    const form = await formFor('timesOut');
    await form.typePayload('{"seconds": 5}');
    await form.invoke.click();
    await expectText(form.headline, 'Timed out');
    await expectText(form.outcome, 'Increase Timeout');
  });
});

/** Throttles with a Retry-After of so many seconds. */
function throttles(seconds: number): Behaviour {
  const body = JSON.stringify({ Reason: 'ConcurrentInvocationLimitExceeded', message: 'Rate Exceeded.' });
  const headers = { 'x-amzn-errortype': 'TooManyRequestsException', 'retry-after': String(seconds) };
  return answers({ status: 429, headers, body });
}

describe('a server on loopback', () => {
  beforeAll(selectLoopback);

  afterAll(selectLocal);

  test('a throttled request is retried after a countdown, and the result shows the attempts', async () => {
    let refusals = 1;
    const refuse = throttles(5);
    server.behave((response, request) => (refusals-- > 0 ? refuse : answers({ body: '"at last"' }))(response, request));
    const before = server.received.length;
    const form = await formFor('busy');
    await form.invoke.click();
    await expectText(form.headline, /Retrying\s*Attempt 2 in/);
    await expectText(form.outcome, 'concurrency limit');
    await expectText(form.response, '"at last"');
    await expectText(await form.openDetails(), /Attempts\s*2/);
    expect(server.received.length - before).toBe(2);
  });

  test('nothing more is sent after the countdown is stopped', async () => {
    // Long enough to stop it on a busy machine.
    server.behave(throttles(20));
    const form = await formFor('stopped');
    await form.invoke.click();
    await form.byId('stop-waiting').click();
    await expectText(form.headline, 'Stopped');
    await expectText(form.outcome, "The function didn't run.");
    // The stopped countdown would have ended before the countdown of this later request.
    let refusals = 1;
    const refuse = throttles(21);
    server.behave((response, request) => (refusals-- > 0 ? refuse : answers({ body: '"later"' }))(response, request));
    await form.field('FunctionName').fill('later');
    await form.invoke.click();
    await expectText(form.response, '"later"');
    expect(server.received.filter(({ url }) => url.includes('/stopped/'))).toHaveLength(1);
  });

  test('an event and a dry run say what happened in place of a response', async () => {
    const form = await formFor('queued');
    for (const [InvocationType, status, text] of [
      ['Event', 202, 'Lambda has queued the event.'],
      ['DryRun', 204, 'You have permission to invoke this function.'],
    ] as const) {
      server.behave(answers({ status, body: '' }));
      await form.choose('InvocationType', InvocationType);
      await form.invoke.click();
      await expectText(form.headline, `Lambda ${status}`);
      await expectText(form.byId('response'), text);
      await expectText(form.byId('response-state'), /^$/);
    }
  });

  test('a missing permission is shown with its action and resource', async () => {
    const message =
      'User: arn:aws:iam::123456789012:user/ada is not authorized to perform: lambda:InvokeFunction on resource: arn:aws:lambda:eu-west-1:123456789012:function:orders';
    server.behave(refuses(403, 'AccessDeniedException', { message }));
    const form = await formFor('orders');
    await form.invoke.click();
    await expectText(form.headline, /Rejected by Lambda.*Lambda 403/);
    await expectText(form.outcome, "user/ada isn't allowed to perform lambda:InvokeFunction on arn:aws:lambda");
  });

  test('hostile output is shown as text: markup, escape sequences and bidirectional controls', async () => {
    const hostile =
      '<img src=x onerror="document.title=1"><script>alert(1)</script>\u001b[31mred\u202Egnp.exe\u0000\u0007';
    server.behave(
      answers({
        headers: {
          'x-amz-function-error': `Unhandled<b>`,
          'x-amz-log-result': Buffer.from(`${hostile}\n`).toString('base64'),
          'x-amz-executed-version': '<i>7</i>',
        },
        body: JSON.stringify({
          errorType: hostile,
          errorMessage: hostile,
          trace: [hostile, `at ${hostile} (/var/task/a.js:1:1)`],
        }),
      }),
    );
    const form = await formFor('hostile');
    await form.invoke.click();
    const seen = '<img src=x onerror="document.title=1"><script>alert(1)</script>␛[31mred[U+202E]gnp.exe␀␇';
    await expectText(form.log, seen.replace('␛[31m', ''));
    await expectText(form.outcome.locator('.error-type'), seen);
    await expectText(form.outcome.locator('.error-message'), seen);
    await expectText(form.outcome.locator('.frame').first(), seen);
    await expectText(await form.openDetails(), '<i>7</i>');
    await expect.poll(() => form.outcome.locator('img[src], script, b, i').count()).toBe(0);
  });

  test('a response of 6 MB on one line is shown, and the form stays responsive', async () => {
    server.behave(answers({ body: `"${'x'.repeat(6_291_400)}<b>end</b>"` }));
    const form = await formFor('large');
    await form.invoke.click();
    await expectText(form.byId('response-state'), '6.3 MB');
    await expectText(form.response, '"xxxx');
    await expect.poll(() => form.response.locator('b').count()).toBe(0);
    await form.field('FunctionName').fill('still usable');
    await expect.poll(() => form.field('FunctionName').inputValue()).toBe('still usable');
  });

  test('a null, empty, binary or deeply nested response is labeled, and Raw shows it as received', async () => {
    const form = await formFor('kinds');
    const invoke = async (body: string | Buffer, state: string | RegExp) => {
      server.behave(answers({ body }));
      await form.invoke.click();
      await expectText(form.byId('response-state'), state);
    };
    await invoke('null', '4 bytes · JSON');
    await invoke('', 'Empty');
    await invoke(Buffer.from([0xff, 0xfe, 0x00, 0x41]), '4 bytes · binary');
    await expectText(form.response, 'ff fe 00 41');
    expect(await form.byId('response-raw').isVisible()).toBe(false);
    // Bytes are in columns, so they don't wrap.
    expect(await form.byId('tool-wrap').isVisible()).toBe(false);
    expect(await form.response.getAttribute('class')).not.toContain('cm-lineWrapping');
    await invoke(Buffer.concat([Buffer.alloc(1_500_000, 'a'), Buffer.from([0xff])]), '1.5 MB · binary');
    await expectText(form.response, /00000000 {2}61 61/);
    await invoke(`${'['.repeat(5000)}${']'.repeat(5000)}`, /nested 5,?000 levels/);
    await invoke('{"b":1.10,\n"a":12345678901234567890}', '36 bytes · JSON');
    await expectText(form.response, '  "b": 1.10');
    expect(await form.response.getAttribute('class')).toContain('cm-lineWrapping');
    await form.byId('response-raw').click();
    await expectText(form.response, /^\{"b":1\.10,\s*"a":12345678901234567890\}$/);
  });

  test('the stack of a deployed function opens the source file in the workspace through its source map', async () => {
    await window.writeFile('orders.ts', 'export const a = 1;\n\nthrow new Error("here");\n');
    const map = { version: 3, file: 'orders.js', sources: ['../orders.ts'], names: [], mappings: 'AAEA' };
    const inline = Buffer.from(JSON.stringify(map)).toString('base64');
    await window.writeFile(
      'dist/orders.js',
      `throw new Error("here");\n//# sourceMappingURL=data:application/json;base64,${inline}\n`,
    );
    const trace = ['Error: here', '    at handler (/var/task/dist/orders.js:1:7)', '    at node:internal/x:1:1'];
    server.behave(
      answers({
        headers: { 'x-amz-function-error': 'Unhandled' },
        body: JSON.stringify({ errorType: 'Error', errorMessage: 'here', trace }),
      }),
    );
    const form = await formFor('orders');
    await form.invoke.click();
    const link = form.outcome.locator('.frame .link');
    await expect.poll(() => link.getAttribute('title')).toBe('orders.ts:3');
    await expect.poll(() => link.count()).toBe(1);
    await link.click();
    await window.page.locator('.tab.active').filter({ hasText: 'orders.ts' }).waitFor();
  });
});
