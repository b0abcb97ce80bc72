import { expect, test } from 'vitest';
import { toSentence } from '../../../../../src/core/messages/messages.ts';
import { isServerlessCode, serverlessCodeProblem } from '../../../../../src/core/functions/template/serverlessCode.ts';

test.each<[string, boolean]>([
  ['serverless.ts', true],
  ['serverless.js', true],
  ['serverless.mjs', true],
  ['serverless.cjs', true],
  ['serverless.yml', false],
  ['serverless.test.ts', false],
  ['serverless-http.js', false],
])('%s may be a configuration that is code: %s', (name, expected) => {
  expect(isServerlessCode(name)).toBe(expected);
});

test('a configuration that is code is reported with a way to list its functions', () => {
  const problem = serverlessCodeProblem(
    'api/serverless.ts',
    "const config: AWS = { service: 'shop', provider: { name: 'aws' }, functions: { hello } };",
  );
  expect(problem && toSentence(problem)).toBe(
    "api/serverless.ts is code, which isn't run, so its functions aren't listed. Run serverless print > serverless-resolved.yml to list them.",
  );
});

test.each([
  '',
  "export const handler = serverless(app);\n// the service's provider: functions",
  'class Serverless {\n  constructor({ service }) { this.service = service; this.provider = service.provider; }\n}',
])('other code of that name is not reported: %j', (text) =>
  expect(serverlessCodeProblem('serverless.js', text)).toBeUndefined(),
);
