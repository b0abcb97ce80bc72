import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { runInvocation } from '../../../src/app/runInvocation.ts';
import type { Aws } from '../../../src/core/connection/aws.ts';
import type { Connection } from '../../../src/core/connection/connection.ts';
import { createKnownFunctions, type KnownFunctions } from '../../../src/core/functions/knownFunctions.ts';
import { createAwsHome, type AwsHome } from '../../support/awsHome.ts';
import { denies } from '../../support/awsServices.ts';
import { NO_PROMPTS } from '../../support/noPrompts.ts';

let home: AwsHome;
let aws: Aws;
let known: KnownFunctions;
const { signal } = new AbortController();
const target = { kind: 'aws', profile: 'base', region: 'eu-west-1' } as const;
const KEYS = 'aws_access_key_id = AKIABASE\naws_secret_access_key = s\n';

const ARN = 'arn:aws:lambda:eu-west-1:123456789012:function:batch';
const PROVIDER = {
  LambdaManagedInstancesCapacityProviderConfig: {
    CapacityProviderArn: 'arn:aws:lambda:eu-west-1:123456789012:capacity-provider:big',
    PerExecutionEnvironmentMaxConcurrency: 1600,
    ExecutionEnvironmentMemoryGiBPerVCpu: 4,
  },
};
const MANAGED = {
  FunctionName: 'batch',
  FunctionArn: ARN,
  Version: '$LATEST',
  MemorySize: 32_768,
  Timeout: 5400,
  State: 'ActiveNonInvocable',
  CapacityProviderConfig: PROVIDER,
};

/** The qualifiers of the reads of the configuration. */
const readQualifiers = () =>
  home.services.requestsOf('GetFunctionConfiguration').map(({ url }) => url.searchParams.get('Qualifier'));

beforeEach(async () => {
  home = await createAwsHome();
  await home.write({ credentials: `[base]\n${KEYS}[other]\n${KEYS}` });
  aws = home.createAws();
  known = createKnownFunctions();
  home.services.functions.push(MANAGED);
});

afterEach(() => home.remove());

/** Lambda has this version besides $LATEST. */
function publish(published: object) {
  home.services.answer('GetFunctionConfiguration', (response, { url }) => {
    const isPublished = url.searchParams.get('Qualifier') === '$LATEST.PUBLISHED';
    response.end(JSON.stringify(isPublished ? { ...MANAGED, ...published } : MANAGED));
  });
}

describe('the configuration of a function on managed instances', () => {
  test('is that of $LATEST.PUBLISHED, which is invoked without a qualifier', async () => {
    publish({ FunctionArn: `${ARN}:$LATEST.PUBLISHED`, Version: '$LATEST.PUBLISHED', State: 'Active' });
    expect(await aws.readFunction(target, { FunctionName: 'batch' }, signal)).toEqual({
      FunctionName: 'batch',
      FunctionArn: `${ARN}:$LATEST.PUBLISHED`,
      Version: '$LATEST.PUBLISHED',
      MemorySize: 32_768,
      Timeout: 5400,
      State: 'Active',
      CapacityProviderArn: 'arn:aws:lambda:eu-west-1:123456789012:capacity-provider:big',
      PerExecutionEnvironmentMaxConcurrency: 1600,
      ExecutionEnvironmentMemoryGiBPerVCpu: 4,
      isDurable: false,
      isManaged: true,
      notes: [],
    });
    expect(readQualifiers()).toEqual([null, '$LATEST.PUBLISHED']);
  });

  test.each([
    [{ FunctionName: 'batch', Qualifier: '3' }, ['3']],
    [{ FunctionName: `${ARN}:live` }, [null]],
  ])('is read once for the version of %o', async (named, qualifiers) => {
    publish({});
    expect((await aws.readFunction(target, named, signal)).State).toBe('ActiveNonInvocable');
    expect(readQualifiers()).toEqual(qualifiers);
  });

  test('reports that no version is published', async () => {
    home.services.answer('GetFunctionConfiguration', (response, request) => {
      if (request.url.searchParams.has('Qualifier')) denies(404, 'ResourceNotFoundException', 'no')(response, request);
      else response.end(JSON.stringify(MANAGED));
    });
    const facts = await aws.readFunction(target, { FunctionName: 'batch' }, signal);
    expect(facts).toMatchObject({ isManaged: true, isUnpublished: true, notes: [] });
  });

  test('has a note, but no state, if $LATEST.PUBLISHED can’t be read', async () => {
    const denied = `User: u is not authorized to perform: lambda:GetFunctionConfiguration on resource: ${ARN}:$LATEST.PUBLISHED`;
    home.services.answer('GetFunctionConfiguration', (response, request) => {
      if (request.url.searchParams.has('Qualifier')) denies(403, 'AccessDeniedException', denied)(response, request);
      else response.end(JSON.stringify(MANAGED));
    });
    const facts = await aws.readFunction(target, { FunctionName: 'batch' }, signal);
    expect(facts).toMatchObject({ isManaged: true, notes: [{ code: 'readDenied' }] });
    expect(facts).not.toHaveProperty('State');
  });

  test('is recognized in the lists of functions and versions', async () => {
    const listed: unknown[] = [];
    await aws.listFunctions(target, (page) => listed.push(...page), signal);
    expect(listed).toEqual([
      { FunctionName: 'batch', FunctionArn: ARN, MemorySize: 32_768, Timeout: 5400, isManaged: true },
    ]);
    home.services.answer('ListVersionsByFunction', (response) =>
      response.end(JSON.stringify({ Versions: [MANAGED, { ...MANAGED, Version: '$LATEST.PUBLISHED' }] })),
    );
    const { versions } = await aws.listQualifiers(target, { FunctionName: 'batch' }, signal);
    expect(versions.map(({ Version, isManaged }) => [Version, isManaged])).toEqual([
      ['$LATEST', true],
      ['$LATEST.PUBLISHED', true],
    ]);
  });
});

describe('an invocation with a log tail', () => {
  const REFUSAL = 'Tail logs are not supported for functions configured with capacity provider';

  /** Invokes a function that rejects log tails. */
  async function invoke(FunctionName: string, connection: Connection = target) {
    home.services.answer('Invoke', (response, request) => {
      if (request.headers['x-amz-log-type'] === 'Tail')
        return denies(400, 'InvalidParameterValueException', REFUSAL)(response, request);
      response.writeHead(200, { 'x-amz-executed-version': '$LATEST.PUBLISHED' }).end('"done"');
    });
    home.services.clearRequests();
    const { outcome } = await runInvocation(
      {
        invocation: { FunctionName, InvocationType: 'RequestResponse', LogType: 'Tail', payload: { kind: 'none' } },
        connection,
      },
      {
        ...NO_PROMPTS,
        readPayload: () => Promise.resolve({ bytes: new Uint8Array(), notes: [] }),
        target: (place) => Promise.resolve(place.kind === 'local' ? target : place),
        maxRetries: () => 0,
        knownFunctions: known,
        invoke: (request, options) => aws.invoke(request, options),
      },
      { signal },
    );
    const sent = home.services.requestsOf('Invoke').map(({ headers }) => headers['x-amz-log-type']);
    return { outcome, sent };
  }

  test('is sent once, without LogType, if the configuration was read', async () => {
    publish({ Version: '$LATEST.PUBLISHED', State: 'Active' });
    known.remember(target, await aws.readFunction(target, { FunctionName: 'batch' }, signal), 'batch');
    const { outcome, sent } = await invoke('batch');
    expect(sent).toEqual([undefined]);
    expect(outcome).toMatchObject({ state: 'succeeded', isTailOmitted: true, notes: [] });
    expect(home.services.requestsOf('Invoke')[0]?.url.searchParams.has('Qualifier')).toBe(false);
    expect((await invoke('batch:3')).sent).toEqual([undefined]);
  });

  test('is rejected once for an unknown function, which is remembered for its connection', async () => {
    const first = await invoke('batch');
    expect(first.sent).toEqual(['Tail', undefined]);
    expect(first.outcome).toMatchObject({ state: 'succeeded', attempts: 2, isTailOmitted: true });
    expect((await invoke('batch')).sent).toEqual([undefined]);
    expect((await invoke('batch', { ...target, profile: 'other' })).sent).toEqual(['Tail', undefined]);
    expect((await invoke('others')).sent).toEqual(['Tail', undefined]);
  });

  test('asks for the tail again after the function was replaced by another one', async () => {
    await invoke('batch');
    const { CapacityProviderConfig: _, ...ordinary } = MANAGED;
    home.services.answer('GetFunctionConfiguration', (response) => response.end(JSON.stringify(ordinary)));
    known.remember(target, await aws.readFunction(target, { FunctionName: 'batch' }, signal), 'batch');
    expect((await invoke('batch')).sent).toEqual(['Tail', undefined]);
  });
});
