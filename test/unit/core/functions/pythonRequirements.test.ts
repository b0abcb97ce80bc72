import { expect, test } from 'vitest';
import { listsModule } from '../../../../src/core/functions/pythonRequirements.ts';

test.each([
  ['requests', 'requests'],
  ['requests==2.31.0', 'requests'],
  ['  Requests >= 2 ; python_version > "3.8"', 'requests'],
  ['aws-lambda-powertools[tracer]', 'aws_lambda_powertools'],
  ['aws.lambda.powertools~=3.0', 'aws_lambda_powertools'],
  ['other\r\nrequests\r\n', 'requests'],
  ['requests @ https://example.com/requests.zip', 'requests'],
  ['Pillow', 'PIL'],
  ['PyYAML', 'yaml'],
  ['python-dateutil', 'dateutil'],
])('%j lists the package of the module %s', (text, module) => {
  expect(listsModule(text, module)).toBe(true);
});

test.each([
  ['', 'requests'],
  ['# requests', 'requests'],
  ['-r requests', 'requests'],
  ['--index-url https://example.com/requests', 'requests'],
  ['requests-oauthlib', 'requests'],
  ['types-requests', 'requests'],
  ['https://example.com/requests.zip', 'requests'],
  ['toString', 'constructor'],
])('%j does not list the package of the module %s', (text, module) => {
  expect(listsModule(text, module)).toBe(false);
});
