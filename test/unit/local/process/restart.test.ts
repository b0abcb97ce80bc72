import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { NODE, startHostile } from '../../../support/hostileHandlers.ts';
import { isAlive } from '../../../support/isAlive.ts';

test('Restart while a function runs: its event finishes, and the next one runs in a new process', async () => {
  const workspace = await startHostile(NODE, [
    {
      code: `async ({ gate }) => {
        if (gate !== undefined) fs.writeFileSync(gate + '-started', '');
        while (gate !== undefined && !fs.existsSync(gate)) await sleep(5);
        return process.pid;
      }`,
    },
  ]);
  const gate = join(workspace.folder, 'gate');
  const running = workspace.invoke('f0', { gate });
  await expect.poll(() => existsSync(`${gate}-started`)).toBe(true);
  await workspace.endpoint.control({ what: 'restart', name: 'f0' });
  const { result: later } = await workspace.invoke('f0');
  await writeFile(gate, '');
  const { result: earlier, FunctionError } = await running;
  expect([FunctionError, typeof earlier]).toEqual([undefined, 'number']);
  expect(later).not.toBe(earlier);
  await expect.poll(() => isAlive(Number(earlier))).toBe(false);
  expect((await workspace.invoke('f0')).result).toBe(later);
  await workspace.expectHarmless(expect, 'f0', true);
  await workspace.close();
});
