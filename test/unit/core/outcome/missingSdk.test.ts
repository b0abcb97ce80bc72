import { expect, test } from 'vitest';
import { toSentence } from '../../../../src/core/messages/messages.ts';
import { missingSdkPackage } from '../../../../src/core/outcome/missingModule.ts';
import { toOutcome } from '../../../../src/core/outcome/outcome.ts';
import { offeredActions } from '../../../../src/core/outcome/verdict.ts';

const LOCAL = { kind: 'local' } as const;
const AWS = { kind: 'aws', region: 'eu-west-1' } as const;

const imported = (name: string) => `Cannot find package '${name}' imported from /project/app.mjs`;
const required = (name: string) => `Error: Cannot find module '${name}'\nRequire stack:\n- /project/app.js`;

function failed(connection: typeof LOCAL | typeof AWS, errorType: string, errorMessage: string) {
  const Payload = new TextEncoder().encode(JSON.stringify({ errorType, errorMessage }));
  const response = { StatusCode: 200, FunctionError: 'Unhandled', Payload, connection };
  const outcome = toOutcome(response, { clientMs: 1, notes: [] });
  const advice = outcome.state === 'functionError' ? outcome.diagnosis.advice : undefined;
  return { outcome, advice, text: advice === undefined ? '' : toSentence(advice) };
}

test.each([
  ['Error', imported('@aws-sdk/client-s3'), 'node', '@aws-sdk/client-s3'],
  ['Runtime.ImportModuleError', required('@aws-sdk/client-s3/x'), 'node', '@aws-sdk/client-s3'],
  ['Runtime.ImportModuleError', required('@smithy/types'), 'node', '@smithy/types'],
  ['Runtime.ImportModuleError', "Unable to import module 'app': No module named 'boto3'", 'python', 'boto3'],
  ['Runtime.ImportModuleError', "Unable to import module 'a': No module named 'botocore'", 'python', 'botocore'],
  ['ModuleNotFoundError', "No module named 'boto3'", 'python', 'boto3'],
])('a local function without a package of the SDK offers to install it: %s, %s', (type, text, language, name) => {
  const { outcome, advice, text: sentence } = failed(LOCAL, type, text);
  expect(missingSdkPackage(advice)).toEqual({ language, name });
  expect(sentence).toContain(`include "${name}", but it isn't installed locally`);
  expect(offeredActions(outcome)).toEqual(['installSdk']);
});

test.each([
  ['Runtime.ImportModuleError', required('@aws-sdk/client-s3')],
  ['Runtime.ImportModuleError', "Unable to import module 'app': No module named 'boto3'"],
])('a deployed function has to include what its runtime lacks: %s, %s', (type, text) => {
  const { outcome, advice } = failed(AWS, type, text);
  expect(advice?.code).toBe('adviceMissingPackage');
  expect(offeredActions(outcome)).toEqual([]);
});

test.each([
  ['Runtime.ImportModuleError', "Unable to import module 'app': No module named 'aws_lambda_powertools'"],
  ['Error', imported('@aws-lambda-powertools/logger')],
  ['Error', imported('@aws-sdk/<x>')],
])('the runtime SDK has no other packages: %s, %s', (type, text) => {
  const { outcome, advice } = failed(LOCAL, type, text);
  expect(advice?.code).toBe('adviceMissingPackage');
  expect(offeredActions(outcome)).toEqual([]);
});

test.each([LOCAL, AWS])('version 2 of the SDK is missing on Lambda, too: %j', (connection) => {
  const { outcome, text } = failed(connection, 'Runtime.ImportModuleError', required('aws-sdk/clients/s3'));
  expect(text).toContain('"aws-sdk" (version 2) only up to nodejs16.x. Add it to package.json, or use version 3');
  expect(offeredActions(outcome)).toEqual([]);
});
