import { existsSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { run } from '../../host/command.ts';

/** Replaces VS Code: changes the workspace and reports an outcome like the extension. */
const EDITOR = `#!/bin/sh
for workspace; do :; done
echo changed > "$workspace/events/hello.json"
echo "$workspace" > "$OPENED"
echo '{"outcome":{"state":"succeeded"}}' > "$OPENED.outcome"
mv "$OPENED.outcome" "$LAMBDA_INVOKE_START_RESULT"
exec sleep 60
`;

test('npm start opens a copy of the sample workspace and deletes it at the end', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'li-start-'));
  try {
    const temporary = join(folder, 'tmp');
    const programs = join(folder, 'bin');
    const opened = join(folder, 'opened');
    await mkdir(temporary);
    await mkdir(programs);
    await writeFile(join(programs, 'code'), EDITOR);
    await chmod(join(programs, 'code'), 0o755);
    const PATH = `${programs}${delimiter}${process.env['PATH'] ?? ''}`;
    const env = { ...process.env, PATH, TMPDIR: temporary, DISPLAY: ':0', OPENED: opened };
    const sample = await readFile('test/workspace/events/hello.json', 'utf8');
    const { code, output } = await run(process.execPath, ['out/run/start.mjs', '--exit'], { env });
    expect(output).toContain('state: succeeded');
    expect(code).toBe(0);
    const workspace = (await readFile(opened, 'utf8')).trim();
    expect(workspace.startsWith(resolve('.'))).toBe(false);
    expect(existsSync(workspace)).toBe(false);
    expect(await readdir(temporary)).toEqual([]);
    expect(await readFile('test/workspace/events/hello.json', 'utf8')).toBe(sample);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
