import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { findFrames } from '../../src/host/form/stackFrames.ts';
import { inWorkspace, writeFile } from './workspace.ts';

const CODE = 'line one\nline two\nline three\n';

/** A stack frame of a deployed function. */
const at = (file: string, position: string) => `    at f (/var/task/${file}:${position})`;

async function findLinks(...stack: string[]): Promise<string[]> {
  return (await findFrames(['Error: x', ...stack])).map(({ line, label }) => `${line} ${label}`);
}

describe('Links in a stack trace', () => {
  before(async () => {
    await writeFile('stack/plain.js', CODE);
    for (const name of ['broken', 'garbled', 'sections', 'missing', 'inline', 'stale'])
      await writeFile(`stack/${name}.js`, `${CODE}//# sourceMappingURL=${name}.js.map`);
    await writeFile('stack/broken.js.map', '{"version":3,');
    await writeFile('stack/garbled.js.map', '{"version":3,"sources":["plain.js"],"names":[],"mappings":"AKAA"}');
    await writeFile('stack/sections.js.map', '{"version":3,"sections":[{"offset":{},"map":null}]}');
    await writeFile('stack/inline.js', `${CODE}//# sourceMappingURL=data:application/json;base64,%%%`);
    // Maps line 1 to line 90 of a source with three lines.
    await writeFile('stack/stale.js.map', '{"version":3,"sources":["plain.js"],"names":[],"mappings":"AAyFA"}');
  });

  after(() => vscode.workspace.fs.delete(inWorkspace('stack'), { recursive: true }));

  const validFrames = [at('stack/plain.js', '2:3'), at('stack/plain.js', '3:1')];

  for (const position of [
    '0:1',
    '1:0',
    '0:0',
    '99:1',
    '2:400',
    '-1:1',
    '1:-1',
    '4294967296:1',
    `${'9'.repeat(30)}:1`,
  ]) {
    it(`ignore a frame at ${position}`, async () => {
      assert.deepEqual(await findLinks(validFrames[0] ?? '', at('stack/plain.js', position), validFrames[1] ?? ''), [
        '1 stack/plain.js:2',
        '3 stack/plain.js:3',
      ]);
    });
  }

  for (const name of ['broken', 'garbled', 'sections', 'missing', 'inline', 'stale']) {
    it(`open the compiled file if its source map is ${name}`, async () => {
      assert.deepEqual(await findLinks(validFrames[0] ?? '', at(`stack/${name}.js`, '1:1'), validFrames[1] ?? ''), [
        '1 stack/plain.js:2',
        `2 stack/${name}.js:1`,
        '3 stack/plain.js:3',
      ]);
    });
  }
});
