import { afterEach, describe, expect, test } from 'vitest';
import { LOCAL_DEFAULTS } from '../../../../src/core/functions/localFunctions.ts';
import { sourceStamp } from '../../../../src/local/workspace/sourceStamp.ts';
import { createSourceStamps } from '../../../../src/local/workspace/sourceStamps.ts';
import { createWatchedFolder, type WatchedFolder } from '../../../support/watchedFolder.ts';

let current: WatchedFolder | undefined;

afterEach(async () => {
  await current?.close();
  current = undefined;
});

/** A function in `code` with a layer in `layer`, and the stamp of both. */
async function start() {
  const workspace = await createWatchedFolder({});
  current = workspace;
  const stamps = createSourceStamps(workspace.watcher);
  const definition = {
    name: 'f',
    plainName: 'f',
    otherNames: [],
    fn: { ...LOCAL_DEFAULTS, handler: 'index.handler' },
    taskRoot: workspace.path('code'),
    layers: [{ name: 'layer', parts: [{ folder: workspace.path('layer'), target: '' }] }] as const,
    folder: workspace.folder,
    file: '',
    notes: [],
  };
  await workspace.write('code/index.js', '1');
  return { ...workspace, stamps, definition, stamp: () => stamps.stampOf(definition) };
}

/** The stamp of a folder without watching it. */
const stampNow = (folder: string, isLayer = true) => sourceStamp(folder, () => Promise.resolve(), { isLayer });

describe('the stamp of a function with a layer', () => {
  test('changes with the files of the layer', async () => {
    const { write, stamp } = await start();
    const before = await stamp();
    await write('layer/nodejs/util.js', '1');
    await expect.poll(stamp).not.toBe(before);
    const added = await stamp();
    await write('layer/nodejs/util.js', 'edited');
    await expect.poll(stamp).not.toBe(added);
  });

  test('is kept while the function is listed', async () => {
    const { write, stamp, stamps, definition } = await start();
    await write('layer/util.js', '1');
    const before = await stamp();
    stamps.retain([definition]);
    expect(stamp()).toBe(before);
    stamps.retain([]);
    expect(await stamp()).toBe(before);
  });
});

describe('node_modules of a layer', () => {
  const OWN = 'layer/nodejs/node_modules/own/index.js';

  test('is part of the stamp if the modules are its own', async () => {
    const { write, path } = await start();
    await write(OWN, '1');
    const [before, ofCode] = [await stampNow(path('layer')), await stampNow(path('layer'), false)];
    await write(OWN, 'edited');
    expect(await stampNow(path('layer'))).not.toBe(before);
    expect(await stampNow(path('layer'), false)).toBe(ofCode);
  });

  test.each(['.package-lock.json', '.yarn-integrity', '.modules.yaml'])(
    'is no part of it if a package manager has created %s',
    async (marker) => {
      const { write, path } = await start();
      await write(OWN, '1');
      await write(`layer/nodejs/node_modules/${marker}`);
      const before = await stampNow(path('layer'));
      await write(OWN, 'edited');
      expect(await stampNow(path('layer'))).toBe(before);
    },
  );

  test('is no part of it if it has many packages', async () => {
    const { write, path } = await start();
    for (let n = 0; n < 25; n++) await write(`layer/nodejs/node_modules/package${n}/index.js`, '1');
    const before = await stampNow(path('layer'));
    await write('layer/nodejs/node_modules/package1/index.js', 'edited');
    expect(await stampNow(path('layer'))).toBe(before);
  });
});

test('the files of a virtual environment with any name are no part of the stamp', async () => {
  const { write, path } = await start();
  await write('code/env/pyvenv.cfg');
  await write('code/env/lib/module.py', '1');
  const before = await stampNow(path('code'), false);
  await write('code/env/lib/module.py', 'edited');
  expect(await stampNow(path('code'), false)).toBe(before);
});
