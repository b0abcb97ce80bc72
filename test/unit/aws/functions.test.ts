import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Aws } from '../../../src/core/connection/aws.ts';
import { createAwsHome, type AwsHome } from '../../support/awsHome.ts';
import { denies, deniesQuery } from '../../support/awsServices.ts';
import { catchInvokeError } from '../../support/catchInvokeError.ts';

let home: AwsHome;
let aws: Aws;
const signal = new AbortController().signal;
const target = { kind: 'aws', profile: 'base', region: 'eu-west-1' } as const;

beforeEach(async () => {
  home = await createAwsHome();
  await home.write({ credentials: '[base]\naws_access_key_id = AKIABASE\naws_secret_access_key = s\n' });
  aws = home.createAws();
});

afterEach(async () => {
  await home.remove();
});

const FACTS = {
  FunctionName: 'orders',
  FunctionArn: 'arn:aws:lambda:eu-west-1:123456789012:function:orders',
  Runtime: 'nodejs22.x',
  Handler: 'index.handler',
  MemorySize: 256,
  Timeout: 30,
  Version: '$LATEST',
  LastModified: '2026-11-01T10:00:00.000+0000',
  PackageType: 'Zip',
  Description: '',
  State: 'Active',
  LastUpdateStatus: 'Successful',
  Architectures: ['arm64'],
  TracingConfig: { Mode: 'Active' },
  LoggingConfig: { LogFormat: 'JSON', LogGroup: '/custom/orders' },
  TenancyConfig: { TenantIsolationMode: 'PER_TENANT' },
};

describe('listFunctions', () => {
  test('passes on every page', async () => {
    for (let index = 0; index < 5000; index++) home.services.functions.push({ FunctionName: `f${index}`, Timeout: 3 });
    const pages: number[] = [];
    let last = '';
    await aws.listFunctions(
      target,
      (functions) => {
        pages.push(functions.length);
        last = functions.at(-1)?.FunctionName ?? '';
      },
      signal,
    );
    expect(pages).toEqual(Array.from({ length: 100 }, () => 50));
    expect(last).toBe('f4999');
  });

  test('names the missing permission', async () => {
    const errorMessage =
      'User: arn:aws:iam::123456789012:user/me is not authorized to perform: lambda:ListFunctions on resource: * because no identity-based policy allows it';
    home.services.answer('ListFunctions', denies(403, 'AccessDeniedException', errorMessage));
    const { reason } = await catchInvokeError(aws.listFunctions(target, () => undefined, signal));
    expect(reason).toEqual({ code: 'readDenied', args: ['the list of functions', 'lambda:ListFunctions', '*'] });
  });

  test('retries when throttled', async () => {
    let requestCount = 0;
    home.services.answer('ListFunctions', (response, request) => {
      if (++requestCount === 1) return denies(429, 'TooManyRequestsException', 'slower')(response, request);
      response.end(JSON.stringify({ Functions: [{ FunctionName: 'one' }] }));
    });
    const names: string[] = [];
    await aws.listFunctions(target, (page) => names.push(...page.map(({ FunctionName }) => FunctionName)), signal);
    expect(names).toEqual(['one']);
    expect(requestCount).toBe(2);
  });

  test('reports a lost connection and an invalid response as a failed read', async () => {
    home.services.answer('ListFunctions', (response) => response.destroy());
    expect((await catchInvokeError(aws.listFunctions(target, () => undefined, signal))).reason.code).toBe('readFailed');
    home.services.answer('ListFunctions', (response) => response.end('<html>'));
    expect((await catchInvokeError(aws.listFunctions(target, () => undefined, signal))).reason.code).toBe('readFailed');
  });

  test('stops when the signal aborts', async () => {
    const abort = new AbortController();
    for (let index = 0; index < 200; index++) home.services.functions.push({ FunctionName: `f${index}` });
    const reading = aws.listFunctions(target, () => abort.abort(), abort.signal);
    expect((await catchInvokeError(reading)).reason.code).toBe('cancelledBeforeSending');
    expect(home.services.requestsOf('ListFunctions')).toHaveLength(1);
  });
});

describe('readFunction', () => {
  test('returns the configuration in Lambda’s field names, and the URL’s invoke mode', async () => {
    home.services.functions.push(FACTS);
    home.services.answer('GetFunctionUrlConfig', (response) =>
      response.end(JSON.stringify({ InvokeMode: 'RESPONSE_STREAM', FunctionUrl: 'https://x' })),
    );
    const facts = await aws.readFunction(target, { FunctionName: 'orders', Qualifier: 'live' }, signal);
    expect(facts).toEqual({
      FunctionName: 'orders',
      FunctionArn: 'arn:aws:lambda:eu-west-1:123456789012:function:orders',
      Runtime: 'nodejs22.x',
      Handler: 'index.handler',
      MemorySize: 256,
      Timeout: 30,
      Version: '$LATEST',
      LastModified: '2026-11-01T10:00:00.000+0000',
      PackageType: 'Zip',
      State: 'Active',
      LastUpdateStatus: 'Successful',
      Architectures: ['arm64'],
      Tracing: 'Active',
      LogFormat: 'JSON',
      LogGroup: '/custom/orders',
      TenantIsolationMode: 'PER_TENANT',
      UrlInvokeMode: 'RESPONSE_STREAM',
      isDurable: false,
      isManaged: false,
      notes: [],
    });
    expect(home.services.requestsOf('GetFunctionConfiguration')[0]?.url.searchParams.get('Qualifier')).toBe('live');
    expect(home.services.requestsOf('GetFunctionUrlConfig')[0]?.url.searchParams.get('Qualifier')).toBe('live');
  });

  test('ignores a missing URL, and adds a note if the URL can’t be read', async () => {
    home.services.functions.push(FACTS);
    expect((await aws.readFunction(target, { FunctionName: 'orders' }, signal)).notes).toEqual([]);
    const errorMessage = 'User: u is not authorized to perform: lambda:GetFunctionUrlConfig on resource: r';
    home.services.answer('GetFunctionUrlConfig', denies(403, 'AccessDeniedException', errorMessage));
    expect((await aws.readFunction(target, { FunctionName: 'orders' }, signal)).notes).toEqual([
      { code: 'readDenied', args: ['the function URL', 'lambda:GetFunctionUrlConfig', 'r'] },
    ]);
  });

  test('names the missing permission', async () => {
    home.services.functions.push(FACTS);
    const errorMessage = 'User: u is not authorized to perform: lambda:GetFunctionConfiguration on resource: r';
    home.services.answer('GetFunctionConfiguration', denies(403, 'AccessDeniedException', errorMessage));
    const { reason } = await catchInvokeError(aws.readFunction(target, { FunctionName: 'orders' }, signal));
    expect(reason).toEqual({ code: 'readDenied', args: ['the function', 'lambda:GetFunctionConfiguration', 'r'] });
  });

  test('reports an unknown function', async () => {
    const { reason } = await catchInvokeError(aws.readFunction(target, { FunctionName: 'nobody' }, signal));
    expect(reason.code).toBe('readRefused');
  });

  test('uses the region of the ARN', async () => {
    home.services.functions.push(FACTS);
    const FunctionName = 'arn:aws:lambda:ap-south-1:123456789012:function:orders';
    await aws.readFunction(target, { FunctionName }, signal);
    expect(home.services.requestsOf('GetFunctionConfiguration')[0]?.region).toBe('ap-south-1');
  });
});

describe('listQualifiers', () => {
  test('returns all pages, with routing weights and the newest version first', async () => {
    const { aliases, versions } = await aws.listQualifiers(target, { FunctionName: 'orders' }, signal);
    expect(aliases).toEqual([
      { Name: 'live', FunctionVersion: '3', weights: [{ version: '4', weight: 0.1 }] },
      { Name: 'test', FunctionVersion: '4', Description: 'what comes next', weights: [] },
    ]);
    expect(versions.map(({ Version }) => Version)).toEqual(['$LATEST', '10', '4', '3', '2', '1']);
    expect(home.services.requestsOf('ListVersionsByFunction')).toHaveLength(2);
  });

  test.each(['ListAliases', 'ListVersionsByFunction'])(
    'returns the other list without the permission %s',
    async (operation) => {
      home.services.answer(
        operation,
        denies(403, 'AccessDeniedException', `not authorized to perform: lambda:${operation}`),
      );
      const { aliases, versions, problems } = await aws.listQualifiers(target, { FunctionName: 'orders' }, signal);
      expect(problems.map(({ code }) => code)).toHaveLength(1);
      expect(aliases.length + versions.length).toBeGreaterThan(1);
    },
  );

  test('rejects without any permission', async () => {
    for (const operation of ['ListAliases', 'ListVersionsByFunction'])
      home.services.answer(operation, denies(403, 'AccessDeniedException', 'no'));
    const { reason } = await catchInvokeError(aws.listQualifiers(target, { FunctionName: 'orders' }, signal));
    expect(reason.code).toBe('readDeniedPlain');
  });
});

describe('listStackFunctions', () => {
  const member = (id: string, name: string, type: string) =>
    `<member><LogicalResourceId>${id}</LogicalResourceId><PhysicalResourceId>${name}</PhysicalResourceId><ResourceType>${type}</ResourceType><ResourceStatus>CREATE_COMPLETE</ResourceStatus><LastUpdatedTimestamp>2026-01-01T00:00:00Z</LastUpdatedTimestamp></member>`;

  test('returns the function names of all pages and nested stacks', async () => {
    home.services.answer('ListStackResources', (response, { body }) => {
      const form = new URLSearchParams(body);
      const isNested = form.get('StackName') === 'arn:nested';
      const isSecond = form.get('NextToken') === 'more';
      let members = member('Hello', 'app-Hello-1', 'AWS::Lambda::Function') + member('Role', 'r', 'AWS::IAM::Role');
      if (isSecond)
        members =
          member('Orders', 'app-Orders-2', 'AWS::Lambda::Function') +
          member('In', 'arn:nested', 'AWS::CloudFormation::Stack');
      if (isNested) members = member('Deep', 'app-Deep-3', 'AWS::Lambda::Function');
      const next = isNested || isSecond ? '' : '<NextToken>more</NextToken>';
      response.writeHead(200, { 'content-type': 'text/xml' });
      response.end(
        `<ListStackResourcesResponse><ListStackResourcesResult><StackResourceSummaries>${members}</StackResourceSummaries>${next}</ListStackResourcesResult></ListStackResourcesResponse>`,
      );
    });
    expect([...(await aws.listStackFunctions(target, 'app', signal))]).toEqual([
      ['Hello', 'app-Hello-1'],
      ['Orders', 'app-Orders-2'],
      ['Deep', 'app-Deep-3'],
    ]);
  });

  test('names the missing permission', async () => {
    const errorMessage = 'User: u is not authorized to perform: cloudformation:ListStackResources on resource: s';
    home.services.answer('ListStackResources', deniesQuery(403, 'AccessDenied', errorMessage));
    const { reason } = await catchInvokeError(aws.listStackFunctions(target, 'app', signal));
    expect(reason).toEqual({ code: 'readDenied', args: ['the stack app', 'cloudformation:ListStackResources', 's'] });
  });

  test('reports CloudFormation’s message for an unknown stack', async () => {
    home.services.answer('ListStackResources', deniesQuery(400, 'ValidationError', 'Stack with id app does not exist'));
    const { reason } = await catchInvokeError(aws.listStackFunctions(target, 'app', signal));
    expect(reason.code).toBe('readRefused');
    expect(reason.args.join(' ')).toContain('Stack with id app does not exist');
  });
});

test('readIdentity reports credentials that STS rejects', async () => {
  home.services.answer('sts GetCallerIdentity', deniesQuery(403, 'InvalidClientTokenId', 'The token is invalid'));
  expect((await catchInvokeError(aws.readIdentity(target, signal))).reason.code).toBe('credentialsRefused');
});
