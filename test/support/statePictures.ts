import type { Locator } from 'playwright-core';
import { denies } from './awsServices.ts';
import { openConnectedWindow, type ConnectedWindow } from './connectedWindow.ts';
import type { FormPage } from './formPage.ts';

const REQUEST_ID = '8c360c87-d4b7-4423-b5f3-af02be3c1763';
const at = (ms: number) => `2026-11-01T12:00:00.${String(ms).padStart(3, '0')}Z`;
const REPORT =
  `REPORT RequestId: ${REQUEST_ID}\tDuration: 11.31 ms\tBilled Duration: 220 ms\tMemory Size: 256 MB` +
  '\tMax Memory Used: 43 MB\tInit Duration: 208.10 ms';

/** The log tail of a request, as Lambda returns it. */
function logTail(...lines: readonly string[]): string {
  return [`START RequestId: ${REQUEST_ID} Version: 7`, ...lines, `END RequestId: ${REQUEST_ID}`, REPORT].join('\n');
}

const LOG = logTail(
  `${at(1)}\t${REQUEST_ID}\tINFO\torder received {"orderId":"o-4711","customer":"Ada"}`,
  `{"timestamp":"${at(9)}","level":"DEBUG","requestId":"${REQUEST_ID}","message":"cache miss","key":"prices/EU"}`,
  `{"timestamp":"${at(12)}","level":"WARN","requestId":"${REQUEST_ID}","message":"stock low","sku":"A-12","left":2}`,
  `${at(13)}\t${REQUEST_ID}\tERROR\tStockError: sold out\r    at reserve (/var/task/src/stock.js:31:9)\r    at async handler (/var/task/src/app.js:8:3)`,
);

interface Answer {
  readonly body: unknown;
  readonly log?: string;
  readonly FunctionError?: string;
  readonly status?: number;
}

/** The next invocations get this response. */
function answer({ services }: ConnectedWindow, { body, log = LOG, FunctionError, status = 200 }: Answer): void {
  services.answer('Invoke', (response) => {
    response.writeHead(status, {
      'x-amzn-requestid': REQUEST_ID,
      'x-amz-executed-version': '7',
      'x-amz-log-result': Buffer.from(log).toString('base64'),
      ...(FunctionError === undefined ? {} : { 'x-amz-function-error': FunctionError }),
    });
    response.end(Buffer.isBuffer(body) || typeof body === 'string' ? body : JSON.stringify(body));
  });
}

const HTTP = {
  statusCode: 422,
  headers: { 'content-type': 'application/json', 'x-request-id': 'a1' },
  cookies: ['session=1; HttpOnly', 'theme=dark'],
  body: JSON.stringify({ message: 'quantity must be positive', field: 'items[0].quantity', errors: [{ code: 17 }] }),
};
const PAGE = {
  statusCode: 502,
  headers: { 'content-type': 'text/html' },
  body: '<!doctype html>\n<title>Bad gateway</title>\n<h1>The shop is closed</h1>',
};
const ORDER = {
  orderId: 'o-4711',
  total: 9007199254740993n.toString(),
  items: [
    { sku: 'A-12', quantity: 2, price: 9.99 },
    { sku: 'B-7', quantity: 1, price: 120 },
  ],
  event: JSON.stringify({ source: 'shop', detail: { paid: true } }),
  customer: { name: 'Ada', emails: ['ada@example.com'], address: null },
};
const ERROR = {
  errorType: 'TypeError',
  errorMessage: "Cannot read properties of undefined (reading 'sku')",
  trace: [
    "TypeError: Cannot read properties of undefined (reading 'sku')",
    '    at toLine (file:///var/task/src/orders/lines.mjs:15:31)',
    '    at Array.map (<anonymous>)',
    '    at handler (file:///var/task/src/orders/app.mjs:8:22)',
    '    at Runtime.handleOnceNonStreaming (file:///var/runtime/index.mjs:1173:29)',
  ],
};

type Picture = (name: string) => Promise<void>;

async function invoke(form: FormPage, ended: Locator = form.headline): Promise<void> {
  await form.invoke.click();
  await ended.waitFor();
}

/** In a narrow window, the response hides the options. */
async function chooseType(form: FormPage, InvocationType: string): Promise<void> {
  const tab = form.byId('pane-request-tab');
  if (await tab.isVisible()) await tab.click();
  await form.choose('InvocationType', InvocationType);
}

/** Results, each in a form that shows the payload beside it. */
async function takeResults(connected: ConnectedWindow, form: FormPage, picture: Picture): Promise<void> {
  answer(connected, { body: HTTP });
  await invoke(form);
  await form.tab('http').waitFor();
  await picture('http');
  answer(connected, { body: PAGE });
  await invoke(form);
  await form.tab('http').filter({ hasText: '502' }).waitFor();
  await picture('http-502');
  answer(connected, { body: ORDER });
  await invoke(form);
  await form.tab('response').click();
  await form.response.getByText('o-4711').waitFor();
  await picture('response');
  await form.openDetails();
  await form.byId('details').getByText('Request ID').waitFor();
  await picture('details');
  await form.tab('response').click();
  if (await form.tab('log').isVisible()) {
    await form.tab('log').click();
    await picture('log');
    await form.tab('response').click();
  }
  answer(connected, { body: Buffer.from('89504e470d0a1a0a0000000d49484452ff00fe', 'hex') });
  await invoke(form);
  await picture('binary');
  answer(connected, { body: ERROR, FunctionError: 'Unhandled' });
  await invoke(form);
  await form.tab('error').waitFor();
  await picture('function-error');
  const body = { errorType: 'Sandbox.Timedout', errorMessage: 'RequestId: 1 Error: Task timed out after 3.00 seconds' };
  answer(connected, { body, FunctionError: 'Unhandled', log: logTail() });
  await invoke(form);
  await picture('timeout');
  await chooseType(form, 'Event');
  answer(connected, { body: '', status: 202, log: '' });
  await invoke(form);
  await picture('event');
  await chooseType(form, 'RequestResponse');
  connected.services.answer(
    'Invoke',
    denies(
      403,
      'AccessDeniedException',
      'User: arn:aws:sts::123456789012:assumed-role/Dev/ada is not authorized to perform: lambda:InvokeFunction on resource: arn:aws:lambda:eu-west-1:123456789012:function:orders because no identity-based policy allows the lambda:InvokeFunction action',
    ),
  );
  await invoke(form);
  await picture('denied');
}

/** The states while something is waited for, and after it was canceled. */
async function takeWaiting(connected: ConnectedWindow, form: FormPage, picture: Picture): Promise<void> {
  const { window, services, dialog } = connected;
  answer(connected, { body: HTTP });
  await invoke(form);
  services.answer('Invoke', () => undefined);
  await invoke(form, form.byId('stop-waiting'));
  await window.page.waitForTimeout(1500);
  await picture('running');
  await form.byId('stop-waiting').click();
  await form.headline.waitFor();
  await picture('stopped');
  services.answer('Invoke', (response) => {
    const headers = { 'x-amzn-errortype': 'TooManyRequestsException', 'retry-after': '9' };
    response.writeHead(429, headers);
    response.end(JSON.stringify({ Message: 'Rate Exceeded.', Reason: 'ConcurrentInvocationLimitExceeded' }));
  });
  await invoke(form, form.byId('stop-waiting'));
  await form.byId('result-progress').getByText('concurrency').waitFor();
  await picture('retry');
  await form.byId('stop-waiting').click();
  answer(connected, { body: HTTP });
  await window.selectProfile('mfa');
  await form.invoke.click();
  await window.quickPick.input.waitFor();
  await picture('mfa');
  await window.page.keyboard.press('Escape');
  await form.headline.waitFor();
  await picture('mfa-canceled');
  await window.selectProfile('prod');
  await form.invoke.click();
  await dialog.waitFor();
  await picture('confirm');
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await form.headline.waitFor();
  await picture('canceled');
  await window.selectProfile('corp');
  await form.invoke.click();
  await dialog.waitFor();
  await picture('sign-in');
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await form.headline.waitFor();
  await picture('signed-out');
}

/** Pictures of each state of the form, in the order in which a user could see them. Uses loopback only. */
export async function takeStates(
  settings: Readonly<Record<string, unknown>>,
  viewport: { readonly width: number; readonly height: number },
  save: (name: string) => string,
): Promise<void> {
  const connected = await openConnectedWindow(
    { ...settings, 'lambdaInvoke.confirm': ['prod'], 'lambdaInvoke.resend.attempts': 3 },
    { viewport },
  );
  const { window, services } = connected;
  const picture: Picture = async (name) => {
    await window.page.waitForTimeout(300);
    await window.page.screenshot({ path: save(name) });
  };
  try {
    services.functions.push({ FunctionName: 'orders', Runtime: 'nodejs22.x', MemorySize: 256, Timeout: 30 });
    await window.selectProfile('keys');
    await window.command('View: Close Primary Side Bar');
    const form = await connected.openForm();
    await picture('new');
    await form.field('FunctionName').fill('orders');
    await form.typePayload('{\n  "orderId": "o-4711",\n  "items": [{ "sku": "A-12", "quantity": -1 }]\n}');
    await takeResults(connected, form, picture);
    await takeWaiting(connected, form, picture);
  } catch (error) {
    await picture('failed');
    throw error;
  } finally {
    await connected.close();
  }
}
