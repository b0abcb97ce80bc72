import { appendFile, chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { MAX_ENTRIES } from '../../../../src/core/history/historyState.ts';
import { toLine } from '../../../../src/core/history/historyLines.ts';
import { historyEntry } from '../../../support/historyEntry.ts';
import { endedInvocation, openHistory } from '../../../support/openHistory.ts';

type Opened = ReturnType<typeof openHistory>;

let root: string;
let folder: string;
let file: string;
const opened: Opened[] = [];

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'li-history-'));
  folder = join(root, 'storage', 'history');
  file = join(folder, 'history.jsonl');
});

afterEach(async () => {
  for (const { storage } of opened.splice(0)) storage.dispose();
  await rm(root, { recursive: true, force: true });
});

function open(): Opened {
  const history = openHistory(folder);
  opened.push(history);
  return history;
}

const ended = (...ids: readonly string[]) => ids.map((id) => endedInvocation(id));
const readLines = async () => (await readFile(file, 'utf8')).split('\n');
const line = (invocationId: string) => toLine({ op: 'add', entry: historyEntry({ invocationId }) });

/** A file with these bytes, as if other windows had written it. */
async function write(...lines: readonly string[]): Promise<void> {
  await mkdir(folder, { recursive: true });
  await writeFile(file, lines.join(''));
}

describe('the history', () => {
  test('is listed by a new window, newest first', async () => {
    await open().add(...ended('a', 'b', 'c'));
    expect(open().ids).toEqual(['c', 'b', 'a']);
  });

  test('is empty without a file', () => {
    expect(open().ids).toEqual([]);
  });

  test.skipIf(process.platform === 'win32')('can only be read by its user', async () => {
    await open().add(...ended('a'));
    const modeOf = async (path: string) => (await stat(path)).mode & 0o777;
    expect([await modeOf(folder), await modeOf(file)]).toEqual([0o700, 0o600]);
    const history = open();
    await chmod(file, 0o644);
    await history.add(...ended('b'));
    expect(await modeOf(file)).toBe(0o600);
    await chmod(file, 0o644);
    await history.change({ op: 'delete', ids: ['a'] }); // which replaces the file
    expect(await modeOf(file)).toBe(0o600);
  });

  test('has one more line for each change', async () => {
    const history = open();
    await history.add(...ended('a'));
    const [first] = await readLines();
    await history.add(...ended('b'));
    await history.change({ op: 'pin', ids: ['a'], isPinned: true });
    const lines = await readLines();
    expect(lines).toHaveLength(4);
    expect([lines[0], lines[2]]).toEqual([first, '{"v":1,"op":"pin","ids":["a"],"isPinned":true}']);
    expect(open().reader.entries.map(({ isPinned }) => isPinned)).toEqual([undefined, true]);
  });

  test('leaves no trace of deleted entries', async () => {
    const history = open();
    await history.add(...ended('first', 'second'));
    await history.change({ op: 'delete', ids: ['first'] });
    expect(await readFile(file, 'utf8')).not.toContain('first');
    expect(open().ids).toEqual(['second']);
    await history.change({ op: 'clear' });
    expect(await readFile(file, 'utf8')).toBe('');
  });

  test('is rewritten occasionally, so that the file stays small', async () => {
    const history = open();
    for (let at = 0; at < MAX_ENTRIES + 250; at++)
      history.reader.change({ op: 'add', entry: historyEntry({ invocationId: `${at}` }) });
    await history.storage.save();
    for (let at = 0; at < 150; at++) await history.add(...ended(`later ${at}`));
    const lines = await readLines();
    expect(lines.length).toBeLessThanOrEqual(MAX_ENTRIES + 101);
    expect(open().ids).toEqual(history.ids);
    expect(history.ids).toHaveLength(MAX_ENTRIES);
    expect((await readdir(folder)).toSorted()).toEqual(['bodies', 'history.jsonl', 'locks']);
  });
});

describe('a damaged file', () => {
  test('loses only the damaged lines', async () => {
    await write(line('a'), '{"v":1,"op":\n', '\0\0\0\n', '\n', 'not JSON\n', line('b'));
    expect(open().ids).toEqual(['b', 'a']);
  });

  test('is continued on a new line if its last line is incomplete', async () => {
    const complete = line('b');
    for (const length of [1, 30, complete.length - 1]) {
      await write(line('a'), complete.slice(0, length));
      const history = open();
      expect(history.ids).toEqual(['a']);
      await history.add(...ended('c'));
      const expected = length === complete.length - 1 ? ['c', 'b', 'a'] : ['c', 'a'];
      expect([open().ids, history.ids]).toEqual([expected, expected]);
    }
  });

  test('keeps the lines of a newer version', async () => {
    const newer = '{"v":2,"op":"annotate","id":"a","text":"mine"}\n';
    await write(line('a'), newer, line('b'));
    const history = open();
    await history.change({ op: 'delete', ids: ['a'] });
    expect(await readFile(file, 'utf8')).toBe(newer + line('b'));
    expect(history.ids).toEqual(['b']);
  });

  test('is read only at its end if it is huge', async () => {
    await write(line('a'), 'x'.repeat(70_000_000), '\n', line('b'));
    expect(open().ids).toEqual(['b']);
  });
});

describe('two windows', () => {
  test('show the changes of each other', async () => {
    const [one, other] = [open(), open()];
    await Promise.all([one.storage.start(), other.storage.start()]);
    await one.add(...ended('a', 'b', 'c'));
    await expect.poll(() => other.ids).toEqual(['c', 'b', 'a']);
    await other.change({ op: 'pin', ids: ['b'], isPinned: true });
    await expect.poll(() => one.reader.entries[1]?.isPinned).toBe(true);
    await one.change({ op: 'delete', ids: ['a'] });
    await expect.poll(() => other.ids).toEqual(['c', 'b']);
    expect(other.removed).toEqual(['a']);
    await other.change({ op: 'clear' });
    await expect.poll(() => one.ids).toEqual([]);
    await one.add(...ended('d'));
    await expect.poll(() => other.ids).toEqual(['d']);
  });

  test('never lose an entry, also while the file is replaced', async () => {
    const windows = [open(), open(), open()];
    const work = windows.flatMap((history, index) =>
      Array.from({ length: 40 }, async (_, at) => {
        await history.add(...ended(`${index} ${at}`, `${index} ${at} deleted`));
        await history.change({ op: 'delete', ids: [`${index} ${at} deleted`] });
      }),
    );
    await Promise.all(work);
    const expected = windows.flatMap((_, index) => Array.from({ length: 40 }, (__, at) => `${index} ${at}`));
    expect(open().ids.toSorted()).toEqual(expected.toSorted());
    for (const history of windows) history.reader.refresh();
    expect(windows.map(({ ids }) => ids)).toEqual(windows.map(() => open().ids));
    expect(windows.flatMap(({ errors }) => errors)).toEqual([]);
  });

  test('notice that the file was removed', async () => {
    const history = open();
    await history.storage.start();
    await history.add(...ended('a'));
    await rm(file);
    await expect.poll(() => history.ids).toEqual([]);
    await history.add(...ended('b'));
    expect(open().ids).toEqual(['b']);
  });
});

describe('entries of earlier versions', () => {
  const invocation = {
    FunctionName: 'hello',
    InvocationType: 'RequestResponse',
    payload: { kind: 'file', uri: 'file:///a.json' },
  } as const;
  const connection = { kind: 'local' } as const;
  const earlier = (invocationId: string, outcome: object) => ({ invocationId, at: 5, invocation, connection, outcome });

  test('are added to the file', async () => {
    const history = open();
    const stored = [
      historyEntry({ invocationId: 'current' }),
      earlier('failed', { state: 'failed', clientMs: 1 }),
      earlier('error', { state: 'functionError', StatusCode: 200, clientMs: 2 }),
      earlier('ok', { state: 'succeeded', StatusCode: 200, clientMs: 3 }),
      earlier('damaged', { state: 'succeeded' }),
      null,
    ];
    expect(await history.storage.migrate(stored)).toBe(true);
    expect(history.ids).toEqual(['current', 'failed', 'error', 'ok']);
    expect(open().ids).toEqual(history.ids);
    expect(history.reader.entries[1]).toMatchObject({
      invocation,
      verdict: { level: 'error' },
      outcome: { state: 'failed', reason: { code: 'reasonNotStored' } },
    });
    // A window that was killed before the old ones were removed.
    await open().storage.migrate(stored);
    expect(open().ids).toEqual(history.ids);
  });

  test('do not replace those of a file', async () => {
    await write(line('a'));
    await appendFile(file, line('b'));
    const history = open();
    expect(await history.storage.migrate('damaged')).toBe(true);
    expect(history.ids).toEqual(['b', 'a']);
  });
});
