import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTemporaryWorkspace, type TemporaryWorkspace } from '../../../../support/temporaryWorkspace.ts';

const CODE = `def handler(event, context):
    return {
        "repr": repr(context),
        "attributes": list(vars(context)),
        "class": repr(type(context)),
        "methods": [name for name in dir(context) if not name.startswith("_")],
        "identity": [repr(context.identity), hasattr(context.identity, "__dict__")],
        "client": repr(context.client_context),
        "memory": context.memory_limit_in_mb,
        "remaining": 0 < context.get_remaining_time_in_millis() <= 20000,
        "tenant": context.tenant_id,
    }
def past(event, context):
    context._epoch_deadline_time_in_ms = 5
    context.more = 1
    return [context.get_remaining_time_in_millis(), context.more]
def imports(event, context):
    from awslambdaric.lambda_context import LambdaContext
    import awslambdaric.bootstrap
    import logging
    created = LambdaContext("id", {"client": {"app_title": "x"}, "custom": {}}, {"cognitoIdentityId": "c"}, 5)
    return [
        isinstance(context, LambdaContext),
        isinstance(logging.getLogger().handlers[0], awslambdaric.bootstrap.LambdaLoggerHandler),
        repr(created.identity),
        repr(created.client_context),
        created.function_name,
    ]
`;

let workspace: TemporaryWorkspace;

beforeAll(async () => {
  const settings = { runtime: 'python3.12', timeout: 20, memorySize: 256 };
  workspace = await startTemporaryWorkspace(
    { 'app.py': CODE },
    {
      details: { handler: 'app.handler', ...settings },
      past: { handler: 'app.past', ...settings },
      imports: { handler: 'app.imports', ...settings },
      tenants: { handler: 'app.handler', tenancy: true, ...settings },
    },
  );
});

afterAll(() => workspace.close());

const NO_IDENTITY = 'CognitoIdentity([cognito_identity_id=None,cognito_identity_pool_id=None])';

test('the context has Lambda’s attributes and methods', async () => {
  const { result, requestId } = await workspace.invoke('details');
  expect(result).toEqual({
    repr: expect.stringMatching(
      new RegExp(
        `^LambdaContext\\(\\[aws_request_id=${requestId},log_group_name=/aws/lambda/details,log_stream_name=[^,]+,` +
          'function_name=details,memory_limit_in_mb=256,function_version=\\$LATEST,' +
          'invoked_function_arn=arn:aws:lambda:us-east-1:000000000000:function:details,client_context=None,' +
          'identity=CognitoIdentity\\(\\[cognito_identity_id=None,cognito_identity_pool_id=None\\]\\),tenant_id=None\\]\\)$',
      ),
    ),
    attributes: [
      'aws_request_id',
      'log_group_name',
      'log_stream_name',
      'function_name',
      'memory_limit_in_mb',
      'function_version',
      'invoked_function_arn',
      'tenant_id',
      'client_context',
      'identity',
      '_epoch_deadline_time_in_ms',
    ],
    class: "<class 'awslambdaric.lambda_context.LambdaContext'>",
    methods: [
      'aws_request_id',
      'client_context',
      'function_name',
      'function_version',
      'get_remaining_time_in_millis',
      'identity',
      'invoked_function_arn',
      'log',
      'log_group_name',
      'log_stream_name',
      'memory_limit_in_mb',
      'tenant_id',
    ],
    identity: [NO_IDENTITY, false],
    client: 'None',
    memory: '256',
    remaining: true,
    tenant: null,
  });
});

test('the client context has custom, env, and client', async () => {
  const run = async (ClientContext: string) =>
    ((await workspace.invoke('details', {}, { ClientContext })).result as { client?: string }).client;
  const full = '{"custom":{"k":"v"},"env":{"locale":"en"},"client":{"app_title":"x","installation_id":1}}';
  expect(await run(full)).toBe(
    "ClientContext([custom={'k': 'v'},env={'locale': 'en'},client=Client([installation_id=1,app_title=x," +
      'app_version_name=None,app_version_code=None,app_package_name=None])])',
  );
  expect(await run('{"other":1}')).toBe('ClientContext([custom=None,env=None,client=None])');
});

test('a client that isn’t an object causes a function error', async () => {
  const { result } = await workspace.invoke('details', {}, { ClientContext: '{"client":"text"}' });
  expect(result).toMatchObject({
    errorType: 'AttributeError',
    errorMessage: "'str' object has no attribute 'get'",
  });
});

test('the context has the tenant ID', async () => {
  const { result } = await workspace.invoke('tenants', {}, { TenantId: 'tenant 1' });
  expect(result).toMatchObject({ tenant: 'tenant 1', repr: expect.stringContaining(',tenant_id=tenant 1])') });
});

test('the remaining time is never negative, and attributes can be added', async () => {
  expect((await workspace.invoke('past')).result).toEqual([0, 1]);
});

test('the classes can be imported from the modules of Lambda’s runtime', async () => {
  expect((await workspace.invoke('imports')).result).toEqual([
    true,
    true,
    'CognitoIdentity([cognito_identity_id=c,cognito_identity_pool_id=None])',
    expect.stringMatching(/^ClientContext\(\[custom=\{\},env=None,client=Client\(\[installation_id=None,app_title=x,/),
    'imports',
  ]);
});
