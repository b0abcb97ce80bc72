import { beforeAll, describe, expect, test } from 'vitest';
import { denies } from '../../support/awsServices.ts';
import { expectText } from '../../support/expectText.ts';
import { violations } from '../../support/violations.ts';
import { connected, window } from './window.ts';

const TEMPLATE = `Transform: AWS::Serverless-2016-10-31
Resources:
  HelloWorldFunction:
    Type: AWS::Serverless::Function
    Properties:
      Handler: app.handler
      Runtime: nodejs22.x
      CodeUri: functions
`;

describe('functions of the account', () => {
  beforeAll(async () => {
    const { functions } = connected.services;
    functions.push({
      FunctionName: 'orders',
      FunctionArn: 'arn:aws:lambda:eu-west-1:123456789012:function:orders',
      Runtime: 'nodejs22.x',
      MemorySize: 256,
      Timeout: 30,
      Description: 'takes the orders of the shop',
      State: 'Active',
      TenancyConfig: { TenantIsolationMode: 'PER_TENANT' },
      LoggingConfig: { LogGroup: '/shop/orders', LogFormat: 'JSON' },
    });
    functions.push({
      FunctionName: 'guarded-orders',
      Runtime: 'nodejs22.x',
      State: 'Pending',
      LastUpdateStatus: 'InProgress',
    });
    functions.push({ FunctionName: 'stuck', Runtime: 'python3.12', State: 'Failed', StateReason: 'no role' });
    functions.push({ FunctionName: 'used-before', Runtime: 'nodejs22.x' });
    for (let index = 0; index < 5000; index++) {
      functions.push({
        FunctionName: `generated-${index}`,
        Runtime: index % 2 ? 'python3.12' : 'nodejs22.x',
        Timeout: 3,
      });
    }
    await window.writeFile('app/template.yaml', TEMPLATE);
    await window.writeFile('app/samconfig.toml', '[default.deploy.parameters]\nstack_name = "shop"\n');
    await window.writeFile('app/inputs/hello-world.json', '{"from": "the event"}\n');
    await window.selectProfile('keys');
  });

  describe('Browse…', () => {
    test('lists thousands of functions as they arrive; typing filters by name, runtime and description', async () => {
      const form = await window.openForm();
      await form.byId('form').getByText('About').waitFor();
      await form.byId('form').locator('[data-ask="browse"]').click();
      await window.quickPick.row('orders').waitFor();
      const count = connected.services.functions.length.toLocaleString('en');
      await expect.poll(() => window.page.locator('.quick-input-title').textContent()).toContain(`(${count})`);
      await window.quickPick.input.fill('of the shop');
      await window.quickPick.row('orders').waitFor();
      await window.quickPick.pick('generated-4999');
      await expect.poll(() => form.field('FunctionName').inputValue()).toBe('generated-4999');
    });

    test('caches the list, sorts favorites and recent functions first, and reloads on Refresh', async () => {
      const form = await window.openForm();
      await form.field('FunctionName').fill('used-before');
      await form.invoke.click();
      await expectText(form.headline, /Succeeded.*Lambda 200/);
      const read = () => connected.services.requestsOf('ListFunctions').length;
      const before = read();
      const browse = form.byId('form').locator('[data-ask="browse"]');
      await browse.click();
      await window.quickPick.filter('takes the orders');
      const row = window.quickPick.row('takes the orders');
      await row.hover();
      await row.locator('[aria-label="Add to Favorites"]').click();
      await row.locator('[aria-label="Remove from Favorites"]').waitFor();
      await window.quickPick.input.fill('');
      await expect.poll(() => window.quickPick.rows.first().textContent()).toMatch(/^orders/);
      await expect.poll(() => window.quickPick.rows.nth(1).textContent()).toContain('used-before');
      expect(read()).toBe(before);
      await window.page.locator('.quick-input-widget [aria-label="Refresh"]').click();
      await expect.poll(read).toBe(before + 101);
      await window.page.keyboard.press('Escape');
    });

    test('shows the missing permission and accepts a typed name', async () => {
      const message = 'User: u is not authorized to perform: lambda:ListFunctions on resource: *';
      connected.services.answer('ListFunctions', denies(403, 'AccessDeniedException', message));
      const form = await window.openForm();
      await form.byId('form').locator('[data-ask="browse"]').click();
      await window.page.locator('.quick-input-widget [aria-label="Refresh"]').click();
      await window.quickPick.row('The credentials need lambda:ListFunctions').waitFor();
      await window.quickPick.row('used-before').waitFor();
      await window.quickPick.input.fill('typed-by-hand');
      await window.quickPick.acceptActive('Use entered name or ARN');
      await expect.poll(() => form.field('FunctionName').inputValue()).toBe('typed-by-hand');
      connected.services.answer('ListFunctions', undefined);
    });
  });

  test('aliases are listed with their weights, versions newest first, and fill the field', async () => {
    const form = await window.openForm();
    await form.field('FunctionName').fill('orders');
    await form.byId('form').locator('[data-ask="qualifier"]').click();
    await window.quickPick.row('→ 3 (90%), 4 (10%)').waitFor();
    const rows = await window.page.locator('.quick-input-list .monaco-list-row .label-name').allTextContents();
    expect(rows.map((row) => row.trim())).toEqual([
      '$LATEST (unpublished)',
      'live',
      'test',
      '$LATEST',
      '10',
      '4',
      '3',
      '2',
      '1',
    ]);
    await window.quickPick.pick('live');
    await expect.poll(() => form.field('Qualifier').inputValue()).toBe('live');
  });

  test('About shows the configuration, which the form then uses', async () => {
    const form = await window.openForm();
    await form.field('FunctionName').fill('orders');
    const requestCount = () => connected.services.requestsOf('GetFunctionConfiguration').length;
    const before = requestCount();
    await form.byId('form').getByText('About', { exact: true }).click();
    await expectText(form.byId('facts'), /Runtime\s*nodejs22\.x/);
    await expectText(form.byId('facts'), /Log group\s*\/shop\/orders/);
    await expectText(form.problem('TenantId'), 'Enter a tenant ID.');
    expect(requestCount()).toBe(before + 1);
    let finish: () => void = () => undefined;
    connected.services.answer('Invoke', (response) => {
      finish = () => response.end('"late"');
    });
    await form.invoke.click();
    await expectText(form.headline, /Running\s*\d+\.\d s of 30 s/);
    finish();
    await expectText(form.response, '"late"');
    connected.services.answer('Invoke', undefined);
    await form.field('FunctionName').fill('stuck');
    expect(await form.byId('facts').isVisible()).toBe(false);
    await form.byId('form').getByText('About', { exact: true }).click();
    await expectText(form.problem('FunctionName'), 'in state Failed (no role)');
  });

  test.each(['Dark Modern', 'Light Modern', 'Dark High Contrast', 'Light High Contrast'])(
    'axe-core finds no violation in the configuration of a protected function, in %s',
    async (theme) => {
      await window.command('Preferences: Color Theme');
      await window.quickPick.pick(theme);
      const form = await window.openForm();
      await form.field('FunctionName').fill('guarded-orders');
      await form.byId('form').getByText('About', { exact: true }).click();
      await expectText(form.byId('facts'), /Runtime\s*nodejs22\.x/);
      await form.byId('protection').waitFor();
      expect(await violations(window)).toEqual([]);
    },
  );

  test('Check Permission shows whether the call is allowed or what is missing, and runs nothing', async () => {
    connected.services.answer('Invoke', (response, { headers }) => {
      response.writeHead(headers['x-amz-invocation-type'] === 'DryRun' ? 204 : 500);
      response.end();
    });
    const before = connected.services.requestsOf('Invoke').length;
    const form = await window.openForm();
    await form.field('FunctionName').fill('orders');
    await form.chooseAction('check-permission');
    await expectText(form.headline, /204/);
    const message =
      'User: arn:aws:iam::123456789012:user/me is not authorized to perform: lambda:InvokeFunction on resource: arn:aws:lambda:eu-west-1:123456789012:function:orders because no identity-based policy allows it';
    connected.services.answer('Invoke', denies(403, 'AccessDeniedException', message));
    await form.chooseAction('check-permission');
    await expectText(
      form.outcome,
      "isn't allowed to perform lambda:InvokeFunction on arn:aws:lambda:eu-west-1:123456789012:function:orders",
    );
    connected.services.answer('Invoke', undefined);
    const types = connected.services
      .requestsOf('Invoke')
      .slice(before)
      .map(({ headers }) => headers['x-amz-invocation-type']);
    expect(types).toEqual(['DryRun', 'DryRun']);
  });

  test('Copy ARN uses the account from STS', async () => {
    const form = await window.openForm();
    await form.field('FunctionName').fill('orders');
    await form.chooseFunctionAction('copyArn');
    await window.notification('Copied arn:aws:lambda:eu-west-1:123456789012:function:orders').waitFor();
    expect(await window.page.evaluate(() => navigator.clipboard.readText())).toBe(
      'arn:aws:lambda:eu-west-1:123456789012:function:orders',
    );
  });

  test('an event file of a SAM project invokes its function by its deployed name', async () => {
    connected.services.answer('ListStackResources', (response) => {
      response.writeHead(200, { 'content-type': 'text/xml' });
      response.end(
        '<ListStackResourcesResponse><ListStackResourcesResult><StackResourceSummaries><member><LogicalResourceId>HelloWorldFunction</LogicalResourceId><PhysicalResourceId>shop-HelloWorldFunction-AB12</PhysicalResourceId><ResourceType>AWS::Lambda::Function</ResourceType></member></StackResourceSummaries></ListStackResourcesResult></ListStackResourcesResponse>',
      );
    });
    await window.explorer.invokeFile('app/inputs/hello-world.json');
    await expect.poll(() => window.quickPick.rows.first().textContent()).toContain('HelloWorldFunction');
    await window.quickPick.acceptActive('HelloWorldFunction');
    await window.quickPick.input.waitFor({ state: 'hidden' });
    await expect
      .poll(() => connected.services.requestsOf('Invoke').at(-1)?.url.pathname)
      .toContain('shop-HelloWorldFunction-AB12');
    expect(connected.services.requestsOf('Invoke').at(-1)?.body).toBe('{"from": "the event"}\n');
    expect(new URLSearchParams(connected.services.requestsOf('ListStackResources')[0]?.body).get('StackName')).toBe(
      'shop',
    );
  });
});
