import { mkdir, readFile, symlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { answersByName, jsonOf, passing, statusesOf } from '../support/testRuns.ts';
import { useCommandLine } from '../support/useCommandLine.ts';

const setup = useCommandLine(answersByName);
const runJson = (...args: string[]) => setup.cli.run(['test', '--json', ...args]);

describe('snapshots', () => {
  const SNAPSHOT = { expect: { snapshot: 'snapshots/a.json', ignore: ['event'] } };

  test('are written with --update-snapshots, and compared afterwards', async () => {
    await setup.cli.presets({ presets: [passing('a', SNAPSHOT)] });
    const missing = await setup.cli.run(['test']);
    expect(missing.code).toBe(1);
    expect(missing.stdout.toString()).toContain('Run with --update-snapshots to create it.');
    const written = await setup.cli.run(['test', '--update-snapshots']);
    expect(written.code).toBe(0);
    expect(written.stdout.toString()).toContain('wrote snapshots/a.json');
    const text = await readFile(join(setup.cli.folder, 'snapshots/a.json'), 'utf8');
    expect(text).toBe('{\n  "id": 12345678901234567890,\n  "name": "a"\n}\n');
    expect(await setup.cli.run(['test'])).toMatchObject({ code: 0 });
  });

  test('are never written if CI is set', async () => {
    await setup.cli.presets({ presets: [passing('a', SNAPSHOT)] });
    const { code, stderr } = await setup.cli.run(['test', '--update-snapshots'], { env: { CI: 'true' } });
    expect(code).toBe(2);
    expect(stderr).toContain("--update-snapshots isn't allowed if CI is set.");
    expect(setup.sent()).toEqual([]);
  });

  test('are not written if anything else is not as expected', async () => {
    await setup.cli.presets({ presets: [passing('a', { expect: { ...SNAPSHOT.expect, StatusCode: 202 } })] });
    expect(await setup.cli.run(['test', '--update-snapshots'])).toMatchObject({ code: 1 });
    await expect(readFile(join(setup.cli.folder, 'snapshots/a.json'))).rejects.toThrow('ENOENT');
  });

  test('are not shared by tests with different responses', async () => {
    await setup.cli.presets({ presets: [passing('a', SNAPSHOT), passing('b', SNAPSHOT)] });
    const result = await runJson('--update-snapshots', '--concurrency', '2');
    expect(result.code).toBe(1);
    expect(
      jsonOf(result)
        .tests.map(({ status }) => status)
        .toSorted(),
    ).toEqual(['errored', 'passed']);
    expect(result.stdout.toString()).toContain('Several tests have the snapshot snapshots/a.json.');
  });

  test('are written through a link to a missing file in the folder', async () => {
    await mkdir(join(setup.cli.folder, 'snapshots'));
    await symlink('target.json', join(setup.cli.folder, 'snapshots/a.json'));
    await setup.cli.presets({ presets: [passing('a', SNAPSHOT)] });
    const missing = await setup.cli.run(['test']);
    expect(missing.stdout.toString()).toContain('Run with --update-snapshots to create it.');
    expect(await setup.cli.run(['test', '--update-snapshots'])).toMatchObject({ code: 0 });
    expect(await readFile(join(setup.cli.folder, 'snapshots/target.json'), 'utf8')).toContain('"name": "a"');
  });

  test.each([
    ['a folder', '..', 'snapshots'],
    ['a missing file', '../../a.json', 'snapshots/a.json'],
    ['a file in a missing folder', 'missing/../../../a.json', 'snapshots/a.json'],
  ])('are not written through a link to %s outside of the folder', async (_, target, path) => {
    await mkdir(dirname(join(setup.cli.folder, path)), { recursive: true });
    await symlink(target, join(setup.cli.folder, path));
    await setup.cli.presets({ presets: [passing('a', SNAPSHOT)] });
    const result = await runJson('--update-snapshots');
    expect(statusesOf(result)).toEqual(['a: errored']);
    await expect(readFile(join(setup.cli.folder, '../a.json'))).rejects.toThrow('ENOENT');
  });
});
