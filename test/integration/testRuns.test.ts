import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { Connection } from '../../src/core/connection/connection.ts';
import { parseExpectation } from '../../src/core/testing/expectation.ts';
import { isInvokeError } from '../../src/core/outcome/invokeError.ts';
import { COMMANDS } from '../../src/host/contributions.ts';
import { acceptExpected } from '../../src/host/testing/acceptExpected.ts';
import type { RunnableTest } from '../../src/host/testing/testNodes.ts';
import { TestRuns } from '../../src/host/testing/testRuns.ts';
import * as lambda from '../support/lambdaServer.ts';
import { atOneTime, command, fileOf, refresh, test, testing, useServer } from './testedServer.ts';
import { inWorkspace, PRESETS, readText, withPresets, writeFile } from './workspace.ts';

const { Run } = vscode.TestRunProfileKind;

/** A test without a file. */
function runnable(controller: vscode.TestController, name: string, expected: object): RunnableTest {
  const preset = { name, FunctionName: name, expect: JSON.stringify(expected) };
  const folder = vscode.workspace.workspaceFolders?.[0];
  assert.ok(folder);
  const store = { uri: inWorkspace(PRESETS), label: folder.name, fileLabel: PRESETS, folder };
  const item = controller.createTestItem(name, name);
  controller.items.add(item);
  return { item, stored: { preset, store, index: 0 }, test: { preset } };
}

describe('A run of tests', () => {
  const { behave, invoked, requests, withTests } = useServer();

  /** Functions that respond when `respond` is called. */
  function hold() {
    const held: Parameters<lambda.Behaviour>[] = [];
    behave((...args) => held.push(args));
    return (body = 'null') => {
      behave(lambda.answers({ body }));
      for (const args of held) lambda.answers({ body })(...args);
    };
  }

  it('invokes each test once for a double click', async () => {
    await withTests([test('one', {}), test('two', {})], async () => {
      await atOneTime(async () => {
        await command('runAll');
        await requests(2);
        await command('runAll');
      });
      // What the second click would have invoked comes before this run.
      await testing('runAll');
      await requests(4);
      assert.deepEqual(invoked(), ['one', 'two', 'one', 'two']);
    });
  });

  it('leaves out tests that another run has not finished', async () => {
    const respond = hold();
    await withTests([test('one', {}), test('two', {})], async () => {
      const first = command('runAll');
      await requests(1);
      await testing('runAll');
      respond();
      await first;
      await testing('runAll');
      await requests(4);
      assert.deepEqual(invoked(), ['one', 'two', 'one', 'two']);
    });
  });

  it('does not keep an invalid test from being run again after it is corrected', async () => {
    const respond = hold();
    await withTests([test('invalid', {}, { Payload: '${nobody}' }), test('one', {})], async () => {
      const first = command('runAll');
      await requests(1);
      await writeFile(PRESETS, fileOf([test('invalid', {}), test('one', {})]));
      const second = testing('reRunFailTests');
      await requests(2);
      respond();
      await Promise.all([first, second]);
      assert.deepEqual(invoked(), ['one', 'invalid']);
    });
  });

  it('can be repeated as soon as it is stopped', async () => {
    const respond = hold();
    await withTests([test('one', {})], async () => {
      const first = testing('runAll');
      await requests(1);
      await command('cancelRun');
      const second = command('runAll');
      await requests(2);
      respond();
      await Promise.all([first, second]);
      assert.deepEqual(invoked(), ['one', 'one']);
    });
  });

  it('uses the presets as they are in the file now, and invokes none that was deleted', async () => {
    behave(lambda.answers());
    const fails = { Payload: { id: 1 } };
    await withTests([test('changed', fails), test('deleted', fails)], async () => {
      await testing('runAll');
      await requests(2);
      assert.deepEqual(invoked(), ['changed', 'deleted']);
      await writeFile(PRESETS, fileOf([{ ...test('changed', fails), FunctionName: 'other' }]));
      await testing('reRunFailTests');
      await requests(1);
      assert.deepEqual(invoked(), ['other']);
    });
  });

  it('uses the cases as they are in the file now', async () => {
    await writeFile('cases/now.jsonl', '{"name": "a", "fn": "first"}\n{"name": "b", "fn": "second"}\n');
    const more = { FunctionName: '${case:fn}', cases: 'cases/now.jsonl' };
    await withTests([test('rows', { Payload: { id: 1 } }, more)], async () => {
      await testing('runAll');
      await requests(2);
      assert.deepEqual(invoked(), ['first', 'second']);
      await writeFile('cases/now.jsonl', '{"name": "b", "fn": "third"}\n');
      await testing('reRunFailTests');
      await requests(1);
      assert.deepEqual(invoked(), ['third']);
    });
  });

  it('has every preset, also with the same names, and with any tags', async () => {
    const presets = [
      test('a', {}),
      test('a', {}),
      test('a 2', {}, { FunctionName: 'b', tags: ['with space', 'ü', ''] }),
    ];
    await withPresets(fileOf(presets), async () => {
      await refresh(['a', 'a 2', 'a 2 2']);
      invoked();
      await testing('runAll');
      await requests(3);
      assert.deepEqual(invoked(), ['a', 'a', 'b']);
    });
  });

  it('that is continuous invokes nothing on AWS, also if the connection is switched during a prompt', async () => {
    const controller = vscode.tests.createTestController('continuous', 'Continuous');
    try {
      const started: string[] = [];
      let connection: Connection = { kind: 'aws' };
      const runs = new TestRuns({
        controller,
        invocations: {
          start(_, { invocation }) {
            started.push(invocation.FunctionName);
            return undefined;
          },
        },
        connections: {
          describe: () => Promise.resolve({ kind: 'local' }),
          identify: () => Promise.reject(new Error('looked up')),
          confirmPatterns: () => Promise.resolve([]),
        },
        files: { text: () => Promise.resolve('{}') },
        runner: {
          testOrder: ({ preset: { FunctionName } }) =>
            Promise.resolve({
              order: {
                invocation: { FunctionName, InvocationType: 'RequestResponse', payload: { kind: 'none' } },
                connection,
              },
              expect: '{}',
            }),
        },
        testFiles: () => undefined,
        debug: () => Promise.resolve(undefined),
        wholeLog: () => Promise.resolve(undefined),
        results: new WeakMap(),
      });
      const request = new vscode.TestRunRequest(
        undefined,
        undefined,
        controller.createRunProfile('Run', Run, () => undefined),
      );
      const { token } = new vscode.CancellationTokenSource();
      const all = [runnable(controller, 'hello', {})];
      await runs.run(all, request, { token, isDebug: false, isContinuous: true });
      assert.deepEqual(started, []);
      connection = { kind: 'local' };
      await runs.run(all, request, { token, isDebug: false, isContinuous: true });
      assert.deepEqual(started, ['hello']);
    } finally {
      controller.dispose();
    }
  });
});

describe('Accept as Expected', () => {
  const { behave, invoked, requests, withTests } = useServer();

  it('uses the snapshot and the ignored paths as they are in the file now', async () => {
    behave(lambda.answers({ body: '{"a": 1, "at": 2}' }));
    await withTests([test('later', {})], async () => {
      await testing('runAll');
      await requests(1);
      assert.deepEqual(invoked(), ['later']);
      await writeFile(PRESETS, fileOf([test('later', { snapshot: 'snapshots/later.json', ignore: ['at'] })]));
      const target = { presetsFile: inWorkspace(PRESETS), index: 0 };
      await vscode.commands.executeCommand(COMMANDS.acceptAsExpected, target);
      assert.equal(await readText('snapshots/later.json'), '{\n  "a": 1\n}\n');
    });
  });

  it('refuses two responses for one snapshot, and writes none', async () => {
    const controller = vscode.tests.createTestController('shared', 'Shared');
    try {
      const parsed = parseExpectation('{"snapshot": "snapshots/shared.json"}');
      assert.ok(!('problem' in parsed));
      const outcome = {
        state: 'succeeded',
        StatusCode: 200,
        connection: { kind: 'local' },
        responseBytes: 1,
        clientMs: 1,
        notes: [],
      } as const;
      const order = {
        invocation: { FunctionName: 'f', InvocationType: 'RequestResponse', payload: { kind: 'none' } },
        connection: { kind: 'local' },
      } as const;
      const ended = { invocationId: 'i', order, result: { outcome, Payload: new Uint8Array([0x31]) } };
      const accepted = ['one', 'two'].map((name) => {
        const { stored } = runnable(controller, name, {});
        return { stored, ended, expectation: parsed };
      });
      let writes = 0;
      const services = {
        addSnapshot: () => Promise.reject(new Error('added')),
        testFiles: () => {
          writes++;
          return undefined;
        },
      };
      await assert.rejects(
        acceptExpected(accepted, services),
        (error) => isInvokeError(error) && error.reason.code === 'snapshotTwice',
      );
      assert.equal(writes, 0);
    } finally {
      controller.dispose();
    }
  });
});
