import { beforeAll, describe, expect, test } from 'vitest';
import { denies } from '../../support/awsServices.ts';
import { expectText } from '../../support/expectText.ts';
import { violations } from '../../support/violations.ts';
import { connected, window } from './window.ts';

const CONFIGURATION = {
  FunctionName: 'batch',
  Runtime: 'nodejs26.x',
  MemorySize: 32_768,
  Timeout: 5400,
  Version: '$LATEST',
  State: 'ActiveNonInvocable',
  CapacityProviderConfig: {
    LambdaManagedInstancesCapacityProviderConfig: {
      CapacityProviderArn: 'arn:aws:lambda:eu-west-1:123456789012:capacity-provider:large',
      PerExecutionEnvironmentMaxConcurrency: 1600,
    },
  },
};
const PUBLISHED = { ...CONFIGURATION, Version: '$LATEST.PUBLISHED', State: 'Active' };

describe('a function on managed instances', () => {
  beforeAll(async () => {
    await window.selectProfile('keys');
    connected.services.answer('GetFunctionConfiguration', (response, { url }) =>
      response.end(JSON.stringify(url.searchParams.has('Qualifier') ? PUBLISHED : CONFIGURATION)),
    );
    connected.services.answer('Invoke', (response, request) => {
      if (request.headers['x-amz-log-type'] === undefined)
        return response.writeHead(200, { 'x-amz-executed-version': '$LATEST.PUBLISHED' }).end('"done"');
      const refusal = 'Tail logs are not supported for functions configured with capacity provider';
      return denies(400, 'InvalidParameterValueException', refusal)(response, request);
    });
    return () => {
      for (const operation of ['GetFunctionConfiguration', 'Invoke', 'ListVersionsByFunction'])
        connected.services.answer(operation, undefined);
    };
  });

  test('shows its capacity provider, its default version, and the timeout that applies', async () => {
    const form = await window.openForm();
    await form.field('FunctionName').fill('batch');
    expect(await form.field('Qualifier').getAttribute('placeholder')).toBe('$LATEST');
    await form.byId('form').getByText('About', { exact: true }).click();
    await expectText(form.byId('facts-of'), 'nodejs26.x · Managed instances · 32,768 MB · 900 s · Active');
    await expectText(form.byId('facts'), /Timeout\s*900 s \(synchronous\), 5,400 s \(asynchronous and event sources\)/);
    await expectText(form.byId('facts'), /Capacity provider\s*large/);
    await expectText(form.byId('facts'), /Concurrency per environment\s*1,600/);
    await expectText(form.byId('facts'), /Default version\s*\$LATEST\.PUBLISHED/);
    expect(await form.field('Qualifier').getAttribute('placeholder')).toBe('$LATEST.PUBLISHED');
    expect(await form.problem('FunctionName').textContent()).toBe('');
    expect(await violations(window)).toEqual([]);
  });

  test('is invoked once without a log tail, and the form and the log explain this', async () => {
    const form = await window.openForm();
    await form.field('FunctionName').fill('batch');
    await form.byId('form').getByText('About', { exact: true }).click();
    await expectText(form.byId('options-note'), "Functions on managed instances don't return a log tail.");
    await expectText(form.byId('options-summary'), 'Synchronous · Buffered');
    expect(await form.field('LogType').isVisible()).toBe(false);
    const before = connected.services.requestsOf('Invoke').length;
    await form.invoke.click();
    await expectText(form.headline, /Succeeded.*Lambda 200/);
    await expectText(form.byId('log-state'), 'Not returned – see CloudWatch Logs');
    const sent = connected.services.requestsOf('Invoke').slice(before);
    expect(sent.map(({ headers, url }) => [headers['x-amz-log-type'], url.search])).toEqual([[undefined, '']]);
    await form.field('FunctionName').fill('another');
    await expect.poll(() => form.field('Qualifier').getAttribute('placeholder')).toBe('$LATEST');
    expect(await form.byId('options-note').textContent()).toBe('');
  });

  test('offers $LATEST.PUBLISHED as its default version, and warns about $LATEST', async () => {
    connected.services.answer('ListVersionsByFunction', (response) =>
      response.end(JSON.stringify({ Versions: [CONFIGURATION, PUBLISHED] })),
    );
    connected.services.answer('GetFunctionConfiguration', (response, { url }) =>
      response.end(JSON.stringify(url.searchParams.get('Qualifier') === '$LATEST' ? CONFIGURATION : PUBLISHED)),
    );
    const form = await window.openForm();
    await form.field('FunctionName').fill('batch');
    await form.byId('form').locator('[data-ask="qualifier"]').click();
    await window.quickPick.row('$LATEST.PUBLISHED (default)').waitFor();
    await window.page.keyboard.press('Escape');
    await form.field('Qualifier').fill('$LATEST');
    await form.byId('form').getByText('About', { exact: true }).click();
    await expectText(form.problem('FunctionName'), "This version can't be invoked. Select a published version");
  });

  test('that can’t be invoked has a warning with the reason', async () => {
    const state = { State: 'Deleting', StateReasonCode: 'DrainingDurableExecutions', StateReason: 'Two are running.' };
    connected.services.answer('GetFunctionConfiguration', (response) =>
      response.end(JSON.stringify({ ...PUBLISHED, ...state })),
    );
    const form = await window.openForm();
    await form.field('FunctionName').fill('batch');
    await form.byId('form').getByText('About', { exact: true }).click();
    await expectText(form.problem('FunctionName'), 'The function is being deleted. Lambda rejects invocations.');
    await expectText(form.problem('FunctionName'), 'Lambda is waiting for the running durable executions to end.');
    await expectText(
      form.byId('facts'),
      'State reasonLambda is waiting for the running durable executions to end. (DrainingDurableExecutions) · Two are running.',
    );
  });
});
