import { Socket } from 'node:net';
import { expect, test, vi } from 'vitest';
import { createAws } from '../../../src/aws/index.ts';

test('a rehearsal goes through the SDK and opens no connection', async () => {
  const connect = vi.spyOn(Socket.prototype, 'connect');
  await createAws({}).rehearse();
  expect(connect).not.toHaveBeenCalled();
  connect.mockRestore();
});
