import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { LiveLogPart } from '../../../../src/core/logs/liveLogPart.ts';
import { NODE, startHostile, type HostileWorkspace } from '../../../support/hostileHandlers.ts';

let workspace: HostileWorkspace;

beforeAll(async () => {
  workspace = await startHostile(NODE, [
    {
      code: `async ({ gate, name }) => {
        console.log('begins ' + name);
        process.stdout.write('half a ');
        while (gate !== undefined && !fs.existsSync(gate)) await sleep(5);
        console.log('line of ' + name);
        return name;
      }`,
    },
    { code: `async () => { for (let n = 0; n < 40; n++) console.log('x'.repeat(100_000)); }` },
  ]);
});

afterAll(() => workspace.close());

async function follow(name: string) {
  const id = Number(await workspace.endpoint.control({ what: 'followLog', name }));
  const read = () => workspace.endpoint.control({ what: 'readLog', id }) as Promise<LiveLogPart | undefined>;
  return {
    read,
    end: () => workspace.endpoint.control({ what: 'endLog', id }),
    /** Reads until the text appears. */
    async until(text: string): Promise<string> {
      let all = '';
      while (!all.includes(text)) all += (await read())?.texts.join('') ?? '';
      return all;
    },
  };
}

test('returns whole lines while an invocation of another program runs, and its report at the end', async () => {
  const log = await follow('f0');
  const gate = join(workspace.folder, 'gate');
  const running = workspace.invoke('f0', { gate, name: 'ada' });
  const start = await log.until('begins ada');
  expect(start).toMatch(/^START RequestId: /);
  expect(start).not.toContain('half a');
  await writeFile(gate, '');
  const rest = await log.until('REPORT RequestId');
  expect(rest).toMatch(/half a .*line of ada\n/);
  expect((await running).requestId).toBeDefined();
  await log.end();
});

test('two followers get the same lines, and lines of concurrent invocations are not mixed', async () => {
  const [one, other] = await Promise.all([follow('f0'), follow('f0')]);
  const names = ['a', 'b', 'c', 'd'];
  await Promise.all(names.map((name) => workspace.invoke('f0', { name })));
  const [text, same] = await Promise.all(
    [one, other].map(async ({ read }) => {
      let all = '';
      while (all.split('REPORT RequestId').length <= names.length) all += (await read())?.texts.join('') ?? '';
      return all;
    }),
  );
  expect(text?.split('\n').toSorted()).toEqual(same?.split('\n').toSorted());
  for (const name of names) expect(text).toMatch(new RegExp(`^half a .*line of ${name}$`, 'm'));
  await Promise.all([one.end(), other.end()]);
});

test('stores at most 1 MB for a slow follower, and reports that lines were dropped', async () => {
  const log = await follow('f1');
  await workspace.invoke('f1', {});
  const part = await log.read();
  expect(part?.hasDropped).toBe(true);
  expect(part?.texts.join('').length).toBeLessThan(1_048_576);
  await log.end();
});

test('a read ends with its follower, and nothing is stored for functions that are not followed', async () => {
  const log = await follow('f0');
  const pending = log.read();
  await log.end();
  expect(await pending).toBeUndefined();
  await workspace.invoke('f0', { name: 'unseen' });
  expect(await log.read()).toBeUndefined();
});
