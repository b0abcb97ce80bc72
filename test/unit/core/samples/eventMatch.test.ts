import { describe, expect, test } from 'vitest';
import { readTemplateText } from '../../../support/readTemplateText.ts';
import { eventMatch, rankByEvents } from '../../../../src/core/samples/eventMatch.ts';

describe('an event file', () => {
  const hello = {
    name: 'HelloWorldFunction',
    otherNames: ['app-hello'],
    source: '/app/hello-world/app.js',
    events: [
      { name: 'UploadedPhoto', type: 'S3' },
      { name: 'Web', type: 'HttpApi' },
    ],
  };

  test.each([
    ['/app/events/hello-world.json', 4],
    ['/app/events/HelloWorld.json', 4],
    ['/app/events/helloWorldEvent.json', 4],
    ['/app/events/hello-world.event.json', 4],
    ['/app/events/test-hello-world-2.json', 4],
    ['/app/events/app-hello.json', 4],
    ['/app/events/HelloWorldFunction.json', 4],
    ['/app/events/hello-world-function-event.json', 4],
    ['/app/events/HelloWorldFunction/put.json', 3],
    ['/app/events/hello_world/put.json', 3],
    ['/app/hello-world/events/put.json', 3],
    ['/app/events/uploaded-photo.json', 3],
    ['/app/events/s3-helloworld-put.json', 1],
    ['/app/events/s3.json', 1],
    ['/app/events/s3-event.json', 1],
    ['/app/events/api-gateway.json', 1],
    ['/app/events/sqs.json', 0],
    ['/app/events/orders.json', 0],
    ['/app/events/event.json', 0],
  ])('%s matches the function with score %i', (path, score) => {
    expect(eventMatch(path, hello)).toBe(score);
  });

  test('next to the handler matches', () => {
    expect(eventMatch('/app/src/put.json', { name: 'f', otherNames: [], source: '/app/src/index.js' })).toBe(2);
  });

  test('without a name of its own matches no event of the template', () => {
    expect(eventMatch('/app/events/event.json', { ...hello, events: [{ name: 'TestEvent', type: 'Api' }] })).toBe(0);
  });

  test('named like a fill word matches a function of that name', () => {
    expect(eventMatch('/app/events/test.json', { name: 'test', otherNames: [] })).toBe(4);
  });
});

describe('functions are ranked', () => {
  const candidate = (name: string, definition: string) => ({ name, otherNames: [], definition });
  const likely = (paths: string[], ...candidates: ReturnType<typeof candidate>[]) =>
    rankByEvents(paths, candidates).flatMap((ranked) => (ranked.isLikely ? [ranked.candidate.name] : []));

  test('with the only function of a template for the events folder next to it', () => {
    const one = candidate('One', '/app/orders/template.yaml');
    const other = candidate('Two', '/app/payments/template.yaml');
    expect(likely(['/app/payments/events/event.json'], one, other)).toEqual(['Two']);
    expect(likely(['/app/payments/data/event.json'], one, other)).toEqual([]);
    expect(likely(['/app/payments/events/event.json'], other, candidate('Three', other.definition))).toEqual([]);
  });

  test('by all files together, and otherwise in their order', () => {
    const all = ['a', 'b', 'hello', 'bye'].map((name) => candidate(name, '/app/template.yaml'));
    const paths = ['/app/events/hello.json', '/app/events/bye-1.json', '/app/events/bye-2.json'];
    expect(rankByEvents(paths, all).map((ranked) => ranked.candidate.name)).toEqual(['bye', 'hello', 'a', 'b']);
  });
});

describe('events of functions are read', () => {
  test('from a SAM template', () => {
    const { functions } = readTemplateText(
      'template.yaml',
      `Resources:
  Photos:
    Type: AWS::Serverless::Function
    Properties:
      Handler: app.handler
      Runtime: nodejs22.x
      Events:
        UploadedPhoto: { Type: S3, Properties: { Bucket: !Ref Photos, Events: 's3:ObjectCreated:*' } }
        Nightly: { Type: Schedule, Properties: { Schedule: rate(1 day) } }
        Broken: nothing
`,
    );
    expect(functions[0]?.events).toEqual([
      { name: 'UploadedPhoto', type: 'S3' },
      { name: 'Nightly', type: 'Schedule' },
    ]);
  });

  test('from a Serverless Framework file', () => {
    const { functions } = readTemplateText(
      'serverless.yml',
      `service: shop
provider: { name: aws, runtime: nodejs22.x }
functions:
  orders:
    handler: app.handler
    events: [ { httpApi: 'POST /orders' }, s3, { sqs: { arn: x } } ]
  none: { handler: app.handler }
`,
    );
    expect(functions.map(({ events }) => events)).toEqual([
      [{ type: 'httpApi' }, { type: 's3' }, { type: 'sqs' }],
      undefined,
    ]);
  });
});
