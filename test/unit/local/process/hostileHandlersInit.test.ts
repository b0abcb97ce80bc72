import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createNamedPipes } from '../../../support/createNamedPipes.ts';
import { exited, timedOutAfter } from '../../../support/hostileHandlers.ts';
import { startTemporaryWorkspace, type TemporaryWorkspace } from '../../../support/temporaryWorkspace.ts';

describe.concurrent('the init phase', () => {
  const LOG_LINE = 'y'.repeat(9999);
  const handler = 'exports.handler = async () => "loaded";';
  const files = {
    'loops.js': 'for (;;);',
    'waits.mjs': 'await new Promise((resolve) => setTimeout(resolve, 600_000)); export const handler = () => 1;',
    'throws.js': `for (let n = 0; n < 300; n++) console.log('${LOG_LINE}'); throw new RangeError('at init');`,
    'throws.py': `for _ in range(300): print('${LOG_LINE}')\nraise ValueError('at init')`,
    'replies.js': `const text = '{"kind":"response"}\\n1';
      require('node:fs').writeSync(4, Buffer.concat([Buffer.from([0, 0, 0, text.length]), Buffer.from(text)]));
      for (;;);`,
    'exits.js': 'process.exit(0);',
    'rejects.js': `void Promise.reject(new RangeError('lost')); ${handler}`,
    'healthy.js': handler,
  };
  const python = { runtime: 'python3.12' };
  const functions = {
    loops: { handler: 'loops.handler', timeout: 0.4 },
    waits: { handler: 'waits.handler', timeout: 0.4 },
    throws: { handler: 'throws.handler' },
    throwsInPython: { handler: 'throws.handler', ...python },
    replies: { handler: 'replies.handler' },
    exits: { handler: 'exits.handler' },
    rejects: { handler: 'rejects.handler', runtime: 'nodejs22.x' },
    pipe: { handler: 'pipe.handler' },
    pipeInPython: { handler: 'pipe.handler', ...python },
    healthy: { handler: 'healthy.handler' },
  };
  const longLog = expect.stringMatching(/y{100}\n.*at init[^]*\nEND .*\nREPORT .*Status: error/) as unknown;
  const notFound = (module: string) => ({ errorType: 'Runtime.ImportModuleError', errorMessage: module });
  let workspace: TemporaryWorkspace;

  beforeAll(async () => {
    workspace = await startTemporaryWorkspace(files, functions, { initTimeoutMs: 1500 });
    if (process.platform !== 'win32')
      createNamedPipes(join(workspace.folder, 'pipe.js'), join(workspace.folder, 'pipe.py'));
  });

  afterAll(() => workspace.close());

  test.for([
    ['that loops', 'loops', timedOutAfter('0.40')],
    ['that waits', 'waits', timedOutAfter('0.40')],
    [
      'that writes 3 MB of log and throws',
      'throws',
      { result: { errorType: 'RangeError', errorMessage: 'at init' }, log: longLog },
    ],
    [
      'that writes 3 MB of log and throws in Python',
      'throwsInPython',
      { result: { errorType: 'ValueError', errorMessage: 'at init' } },
    ],
    [
      'with a rejection that nothing handles',
      'rejects',
      {
        result: { errorType: 'Runtime.UnhandledPromiseRejection', errorMessage: 'RangeError: lost' },
        log: expect.stringMatching(/Unhandled Promise Rejection \t.*lost[^]*Status: error/) as unknown,
      },
    ],
    ['that writes a reply', 'replies', exited('Runtime exited with error: signal: killed')],
    ['that exits', 'exits', exited('Runtime exited without providing a reason')],
    ...(process.platform === 'win32'
      ? []
      : ([
          [
            'of a handler file that is a pipe',
            'pipe',
            { result: notFound("Error: Cannot find module 'pipe'\nRequire stack:\n- /var/runtime/index.mjs") },
          ],
          [
            'of a Python handler file that is a pipe',
            'pipeInPython',
            { result: notFound("Unable to import module 'pipe': No module named 'pipe'") },
          ],
        ] as const)),
  ] as const)('%s', async ([, name, response], { expect }) => {
    expect(await workspace.invoke(name)).toMatchObject({ FunctionError: 'Unhandled', ...response });
    expect((await workspace.invoke('healthy')).result).toBe('loaded');
  });
});
