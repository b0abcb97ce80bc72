import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { LocalFunctionsView } from '../../../../src/core/functions/localFunctionView.ts';
import { signedInvoke } from '../../../support/signedInvoke.ts';
import { samTemplate } from '../../../support/templateTexts.ts';
import { startTemporaryWorkspace, type TemporaryWorkspace } from '../../../support/temporaryWorkspace.ts';

const CODE = `let calls = 0;
exports.handler = async (event, context) => {
  console.log('log of ' + __dirname.split(/[\\\\/]/).pop());
  const { AWS_LAMBDA_FUNCTION_NAME: name, AWS_LAMBDA_LOG_GROUP_NAME: logGroup } = process.env;
  return { folder: __dirname.split(/[\\\\/]/).pop(), name, logGroup, arn: context.invokedFunctionArn, calls: ++calls };
};`;

let workspace: TemporaryWorkspace;

beforeAll(async () => {
  workspace = await startTemporaryWorkspace(
    {
      'orders/template.yaml': samTemplate('OnEvents', 'Own'),
      'orders/index.js': CODE,
      'payments/template.yaml': samTemplate('OnEvents', 'Mine'),
      'payments/index.js': CODE,
      'presets/index.js': CODE,
      'shipping/template.yaml': samTemplate('Mine'),
      'shipping/index.js': CODE,
    },
    { Mine: { handler: 'presets/index.handler' } },
  );
});
afterAll(() => workspace.close());

describe('functions with the same name in several templates', () => {
  test('are listed with the folders that tell them apart', async () => {
    const { functions } = (await workspace.endpoint.control({ what: 'functions' })) as LocalFunctionsView;
    expect(functions.map(({ name, plainName }) => `${name} ${plainName}`).toSorted()).toEqual([
      'Mine Mine',
      'Own Own',
      'orders.OnEvents OnEvents',
      'payments.Mine Mine',
      'payments.OnEvents OnEvents',
      'shipping.Mine Mine',
    ]);
  });

  test.each(['orders', 'payments'])(
    'run by their own names, and see the name they are deployed with: %s',
    async (folder) => {
      const { result } = await workspace.invoke(`${folder}.OnEvents`);
      expect(result).toMatchObject({
        folder,
        name: 'OnEvents',
        logGroup: '/aws/lambda/OnEvents',
        arn: 'arn:aws:lambda:us-east-1:000000000000:function:OnEvents',
      });
    },
  );

  test('aren’t found by the name they share, which is answered with their own names', async () => {
    const { StatusCode, exception } = await workspace.invoke('OnEvents');
    expect(StatusCode).toBe(404);
    expect(exception?.name).toBe('ResourceNotFoundException');
    const response = await text(await signedInvoke({ url: workspace.url, name: 'OnEvents' }));
    expect(response).toContain('Function not found: arn:aws:lambda:us-east-1:000000000000:function:OnEvents:$LATEST');
    expect(response).toContain('Use one of these: orders.OnEvents, payments.OnEvents.');
  });

  test('don’t take the name of a function of the presets file', async () => {
    expect((await workspace.invoke('Mine')).result).toMatchObject({ folder: 'presets' });
    expect((await workspace.invoke('shipping.Mine')).result).toMatchObject({ folder: 'shipping' });
  });

  test('have their own processes and logs', async () => {
    const { endpoint, invoke } = workspace;
    const calls = async (name: string) => (await invoke(name)).result as { readonly calls: number };
    const [orders, payments] = [await calls('orders.OnEvents'), await calls('payments.OnEvents')];
    await endpoint.control({ what: 'restart', name: 'orders.OnEvents' });
    expect((await calls('orders.OnEvents')).calls).toBe(1);
    expect((await calls('payments.OnEvents')).calls).toBe(payments.calls + 1);
    expect(orders.calls).toBeGreaterThan(0);
    const log = await endpoint.control({ what: 'log', name: 'orders.OnEvents' });
    expect(log).toContain('log of orders');
    expect(log).not.toContain('log of payments');
  });
});
