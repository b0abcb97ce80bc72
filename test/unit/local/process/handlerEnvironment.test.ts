import { afterEach, expect, test, vi } from 'vitest';
import { LOCAL_DEFAULTS } from '../../../../src/core/functions/localFunctions.ts';
import { handlerEnvironment } from '../../../../src/local/process/handlerEnvironment.ts';

afterEach(() => vi.unstubAllEnvs());

function awsVariables(hasCredentials: boolean, profile?: string) {
  vi.stubEnv('AWS_PROFILE', 'mine');
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'AKIDEXAMPLE');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'secret');
  const { AWS_PROFILE, AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY } = handlerEnvironment({
    name: 'orders',
    version: '$LATEST',
    fn: { ...LOCAL_DEFAULTS, ...(profile !== undefined && { profile }) },
    taskRoot: '/task',
    launchVariables: {},
    processId: '1',
    hasCredentials,
  });
  return [AWS_PROFILE, AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY];
}

test('a handler has no AWS variables of the user, whatever profile its project names', () => {
  expect(awsVariables(false)).toEqual([undefined, undefined, undefined]);
  expect(awsVariables(false, 'project')).toEqual([undefined, undefined, undefined]);
});

test('with credentials, the profile of the project replaces the profile and the access keys of the user', () => {
  expect(awsVariables(true)).toEqual(['mine', 'AKIDEXAMPLE', 'secret']);
  expect(awsVariables(true, 'project')).toEqual(['project', undefined, undefined]);
});
