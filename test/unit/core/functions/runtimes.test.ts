import { Runtime } from '@aws-sdk/client-lambda';
import { expect, test } from 'vitest';
import { runtimeObstacle } from '../../../../src/core/functions/template/templateFunction.ts';
import { sdkLanguageOf } from '../../../../src/core/functions/runtimeSdk.ts';
import { toSentence } from '../../../../src/core/messages/messages.ts';

const IS_LOCAL = /^(nodejs|python3\.|provided)/;

test.each(Object.values(Runtime))(
  'the runtime %s of the service model runs locally, or the obstacle names it',
  (runtime) => {
    const obstacle = runtimeObstacle(runtime);
    const sentence = obstacle && toSentence(obstacle);
    expect(sentence).toBe(
      IS_LOCAL.test(runtime)
        ? undefined
        : `Runtime ${runtime} isn't supported locally. Use Node.js, Python 3, or a provided runtime.`,
    );
  },
);

test.each([
  ['nodejs26.x', 'node'],
  ['python3.15', 'python'],
  ['ruby4.0', undefined],
  ['dotnet10', undefined],
  ['java8.al2023', undefined],
  ['java17.al2023', undefined],
  ['provided.al2023', undefined],
])('the runtime %s includes the SDK of %s', (runtime, language) => {
  expect(sdkLanguageOf(runtime)).toBe(language);
});
