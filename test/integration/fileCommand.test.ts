import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { EndedInvocation } from '../../src/app/invocations.ts';
import type { InvocationOrder } from '../../src/app/runInvocation.ts';
import { lazy } from '../../src/core/async/lazy.ts';
import type { HistoryEntry } from '../../src/core/history/historyEntry.ts';
import { createFileCommand } from '../../src/host/invoking/fileCommand.ts';
import { PresetRunner } from '../../src/host/presets/presetRunner.ts';
import type { PresetFiles } from '../../src/host/presets/presetFiles.ts';
import type { LocalFunctionView } from '../../src/core/functions/localFunctionView.ts';
import { historyEntry } from '../support/historyEntry.ts';
import { localFunctionView } from '../support/localFunctionView.ts';
import { closeEditors, inWorkspace, openPresetFiles, withPresets } from './workspace.ts';

const local = { kind: 'local' } as const;

describe('Invoke with a file', () => {
  let files: PresetFiles;
  const uri = inWorkspace('events/orders.json');
  const orders: InvocationOrder[] = [];
  const knownFiles: string[] = [];
  const lastEntry = historyEntry({
    invocation: {
      FunctionName: 'last',
      InvocationType: 'RequestResponse',
      payload: { kind: 'file', uri: uri.toString() },
    },
  });

  const run = (order: InvocationOrder): Promise<EndedInvocation> => {
    orders.push(order);
    const outcome = { state: 'cancelled', reason: { code: 'notConfirmed', args: [] }, clientMs: 0, notes: [] } as const;
    return Promise.resolve({ invocationId: 'a', order, result: { outcome } });
  };

  /** The command on the Local connection. Loading the function browser, and with it AWS, fails. */
  function create(functions: Promise<readonly LocalFunctionView[]>, entries: readonly HistoryEntry[] = []) {
    return createFileCommand({
      connection: () => local,
      history: { entries: () => entries },
      presets: lazy(() =>
        Promise.resolve({
          files,
          runner: new PresetRunner({
            connection: () => local,
            run,
            debug: () => Promise.resolve(undefined),
            recents: { add: () => Promise.resolve() },
            openDraft: () => undefined,
            storeOf: () => undefined,
          }),
        }),
      ),
      localFunctions: { list: async () => ({ functions: await functions, problems: [], files: [] }) },
      functionBrowser: lazy(() => Promise.reject(new Error('the function browser was loaded'))),
      run,
      payloadFiles: { add: (uris) => knownFiles.push(...uris) },
      runFiles: Object.assign(() => Promise.resolve([]), { again: () => Promise.resolve() }),
      openDraft: () => undefined,
    });
  }

  /** Presses Enter until the command has run something. */
  async function pressEnter(command: Promise<unknown>): Promise<void> {
    const deadline = Date.now() + 60_000;
    while (orders.length === 0 && Date.now() < deadline) {
      await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    await command;
  }

  beforeEach(async () => {
    orders.length = 0;
    knownFiles.length = 0;
    files = await openPresetFiles();
  });

  afterEach(async () => {
    files.dispose();
    await closeEditors();
  });

  it('can repeat the last invocation before the functions are listed', async () => {
    await withPresets('{ "presets": [] }', async () => {
      await pressEnter(create(new Promise(() => undefined), [lastEntry])([uri]));
    });
    assert.deepEqual(
      orders.map((order) => order.invocation.FunctionName),
      ['last'],
    );
  });

  it('prefers the last invocation to a preset with the file', async () => {
    const preset = { name: 'own', FunctionName: 'preset', payloadFile: 'events/orders.json', endpoint: 'local' };
    await withPresets(JSON.stringify({ presets: [preset] }), async () => {
      await pressEnter(create(Promise.resolve([localFunctionView('OrdersFunction')]), [lastEntry])([uri]));
    });
    assert.deepEqual(
      orders.map((order) => order.invocation.FunctionName),
      ['last'],
    );
  });

  it('runs the only function of the workspace with Enter', async () => {
    await withPresets('{ "presets": [{ "name": "other", "FunctionName": "preset" }] }', async () => {
      await pressEnter(create(Promise.resolve([localFunctionView('Something')]))([uri]));
    });
    assert.deepEqual(
      orders.map((order) => order.invocation.FunctionName),
      ['Something'],
    );
  });

  it('ignores Enter until the best match is known, and ranks without the function browser', async () => {
    const functions = new Promise<LocalFunctionView[]>((resolve) => {
      setTimeout(() => resolve([localFunctionView('Other'), localFunctionView('OrdersFunction')]), 600);
    });
    await withPresets('{ "presets": [] }', async () => {
      await pressEnter(create(functions)([uri]));
    });
    assert.deepEqual(orders, [
      {
        invocation: {
          FunctionName: 'OrdersFunction',
          InvocationType: 'RequestResponse',
          LogType: 'Tail',
          payload: { kind: 'file', uri: uri.toString() },
        },
        connection: local,
      },
    ]);
  });

  it('lists a preset with this file before a function with its name', async () => {
    const preset = { name: 'own', FunctionName: 'preset', payloadFile: 'events/orders.json', endpoint: 'local' };
    await vscode.workspace.fs.writeFile(uri, Buffer.from('{}'));
    await withPresets(JSON.stringify({ presets: [preset] }), async () => {
      await pressEnter(create(Promise.resolve([localFunctionView('OrdersFunction')]))([uri]));
    });
    assert.deepEqual(
      orders.map((order) => order.invocation.FunctionName),
      ['preset'],
    );
    assert.deepEqual(knownFiles, [uri.toString()]);
  });
});
