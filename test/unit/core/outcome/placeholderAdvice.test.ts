import { expect, test } from 'vitest';
import { diagnose } from '../../../../src/core/outcome/diagnosis.ts';
import { placeholderAdvice } from '../../../../src/core/outcome/placeholderAdvice.ts';
import { toSentence } from '../../../../src/core/messages/messages.ts';

const NAMES = ['TABLE_NAME', 'QUEUE_URL'];

test.each([
  ['ResourceNotFoundException', 'Requested resource not found'],
  ['NoSuchBucket', 'The specified bucket does not exist'],
  ['AWS.SimpleQueueService.NonExistentQueue', 'The specified queue does not exist.'],
  ['ValidationException', '1 validation error detected'],
  ['InvalidParameterException', 'Invalid parameter: TopicArn'],
  ['AccessDeniedException', 'User is not authorized to perform: dynamodb:PutItem'],
  ['ClientError', 'An error occurred (404) when calling the HeadObject operation: Not Found'],
  ['TypeError', 'Invalid URL'],
  ['Error', 'getaddrinfo ENOTFOUND api.invalid'],
  ['SyntaxError', 'Unexpected end of JSON input'],
  ['ValueError', "invalid literal for int() with base 10: ''"],
  ['Runtime.ImportModuleError', "Unable to import module 'app': Invalid URL"],
  ['Error', 'Set TABLE_NAME'],
])('%s: %s can be caused by a placeholder', (type, message) => {
  expect(placeholderAdvice({ type, message }, NAMES)?.code).toBe('advicePlaceholders');
});

test.each([
  ['Error', 'Order 5 is already paid'],
  ['TypeError', "Cannot read properties of undefined (reading 'body')"],
  ['KeyError', "'pathParameters'"],
  ['CredentialsProviderError', 'Could not load credentials from any providers'],
  ['InvalidClientTokenId', 'The security token included in the request is invalid.'],
  ['UnrecognizedClientException', 'The security token included in the request is invalid.'],
  ['InvalidSignatureException', 'Signature expired'],
  ['Runtime.HandlerNotFound', 'index.handler is undefined or not exported'],
  ['ModuleNotFoundError', "No module named 'x'"],
  ['FileNotFoundError', 'x.txt'],
  ['Sandbox.Timedout', 'Task timed out after 3.00 seconds'],
])("%s: %s isn't", (type, message) => {
  expect(placeholderAdvice({ type, message }, NAMES)).toBeUndefined();
});

const advice = (error: { type: string; message: string }, placeholders: readonly string[]) => {
  const fallback = placeholderAdvice(error, placeholders);
  const evidence = { error: { stack: [], causes: [], ...error }, ...(fallback !== undefined && { fallback }) };
  const { advice } = diagnose(evidence);
  return advice === undefined ? undefined : toSentence(advice);
};

test('the advice names the variables, at most five', () => {
  const error = { type: 'ValidationException', message: '' };
  expect(advice(error, NAMES)).toBe(
    'Placeholders in environment variables might be the cause: TABLE_NAME, QUEUE_URL. Set them in env.json or .env (SAM and CloudFormation), or in .vscode/lambda-invoke.json.',
  );
  expect(advice(error, ['A', 'B', 'C', 'D', 'E', 'F'])).toContain(': A, B, C, D, E, …. Set');
  expect(advice(error, [])).toBeUndefined();
});

test('more specific advice has priority', () => {
  const text = "Unable to import module 'app': No module named 'boto3'";
  expect(advice({ type: 'Runtime.ImportModuleError', message: text }, NAMES)).toContain('boto3');
  const other = "Unable to import module 'app': Invalid URL";
  expect(advice({ type: 'Runtime.ImportModuleError', message: other }, NAMES)).toContain('TABLE_NAME');
});
