import { Socket } from 'node:net';
import { afterEach, expect, test, vi } from 'vitest';
import { createAws } from '../../../src/aws/index.ts';

afterEach(() => vi.unstubAllEnvs());

test.each(['legacy', 'auto'])('the SDK warm-up opens no connection (defaults mode %s)', async (mode) => {
  vi.stubEnv('AWS_DEFAULTS_MODE', mode);
  vi.stubEnv('AWS_REGION', undefined);
  const connect = vi.spyOn(Socket.prototype, 'connect');
  await createAws({}).warmUpSdk();
  expect(connect).not.toHaveBeenCalled();
  connect.mockRestore();
});
