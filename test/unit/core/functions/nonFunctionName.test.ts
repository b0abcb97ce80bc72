import { describe, expect, test } from 'vitest';
import { parseFunctionName, splitQualifier } from '../../../../src/core/functions/functionName.ts';
import { toSentence } from '../../../../src/core/messages/messages.ts';
import { validateFields } from '../../../../src/core/invocation/validate.ts';

const ARN_PREFIX = 'arn:aws:lambda:eu-west-1:123456789012';
const errorsFor = (FunctionName: string) =>
  validateFields({ FunctionName, InvocationType: 'RequestResponse', LogType: 'None' })
    .filter(({ isWarning }) => isWarning !== true)
    .map(({ message }) => toSentence(message));

describe("texts that aren't function names", () => {
  test.each([
    [`${ARN_PREFIX}:web-function:site`, /Web Function.*HTTPS endpoint/],
    [`${ARN_PREFIX}:web-function:site:3`, /Web Function/],
    ['123456789012:web-function:site', /Web Function/],
    ['eu-west-1:123456789012:web-function:site', /Web Function/],
    [`${ARN_PREFIX}:layer:base`, /layer/],
    [`${ARN_PREFIX}:layer:base:3`, /layer/],
    [`${ARN_PREFIX}:event-source-mapping:e31def54-5e5d-4c1b-8e0f-bf1b11c137b8`, /event source mapping/],
    [`${ARN_PREFIX}:code-signing-config:csc-0f6c334abcdea4d8b`, /code signing/],
    [`${ARN_PREFIX}:capacity-provider:mine`, /capacity provider/],
    [
      `${ARN_PREFIX}:function:order:$LATEST/durable-execution/run-1/8f2c`,
      /durable execution.*: arn:\S+:function:order:\$LATEST$/,
    ],
    ['https://abc123.lambda-url.eu-west-1.on.aws/', /function URL/],
    ['https://eu-west-1.console.aws.amazon.com/lambda/home?region=eu-west-1#/functions/orders?tab=code', /: orders$/],
    ['https://console.amazonaws-us-gov.com/lambda/home#/functions/orders/versions/3', /: orders$/],
    ['https://example.com/orders', /is a URL/],
    ['/aws/lambda/orders', /log group.*: orders$/],
    ['arn:aws:logs:eu-west-1:123456789012:log-group:/aws/lambda/orders:*', /log group.*: orders$/],
    [
      `arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/${ARN_PREFIX}:function:orders/invocations`,
      /API Gateway.*: arn:\S+:function:orders$/,
    ],
    ['arn:aws:s3:::bucket', /belongs to s3/],
    ['arn:aws:states:eu-west-1:123456789012:stateMachine:orders', /belongs to states/],
  ])('%s is identified', (text, sentence) => {
    expect(errorsFor(text)).toEqual([expect.stringMatching(sentence)]);
    expect(parseFunctionName(text)).toBeUndefined();
    expect(splitQualifier(text)).toEqual({ FunctionName: text });
  });

  test.each([
    `${ARN_PREFIX}:function:web-function`,
    `${ARN_PREFIX}:function:layer:3`,
    'layer:3',
    'web-function:live',
    `${ARN_PREFIX}:function:orders:live`,
    '123456789012:function:layer',
    '123456789012:layer',
  ])('%s is accepted as a function', (text) => expect(errorsFor(text)).toEqual([]));
});
