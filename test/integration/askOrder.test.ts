import assert from 'node:assert/strict';
import type { OpenedPreset } from '../../src/core/presets/preset.ts';
import { askOrder, type AskOrderServices } from '../../src/host/compare/askOrder.ts';
import { historyEntry, succeeded } from '../support/historyEntry.ts';
import { acceptAll } from './workspace.ts';

const preset = { name: 'hello', store: 'file:///presets.json' };
const environment = { TABLE: 'orders' };
const entry = historyEntry({ preset, environment });
const order = { invocation: entry.invocation, connection: entry.connection, preset };
const opened: OpenedPreset = { raw: { name: 'hello', FunctionName: 'hello' }, store: preset.store, index: 0 };

/** Prompts for an order, and accepts the only invocation of the history. `current` is its preset. */
function ask(current: OpenedPreset | undefined) {
  const ended = {
    invocationId: entry.invocationId,
    order: { ...order, lacksEnvironment: true, isConfirmed: true },
    result: { outcome: succeeded },
  };
  const services = {
    history: { entries: () => [entry], ended: () => Promise.resolve({ ended, isDropped: true }) },
    presets: () =>
      Promise.resolve({ files: { read: () => Promise.resolve([]) }, find: () => Promise.resolve(current) }),
  } as unknown as AskOrderServices;
  return acceptAll(askOrder(services));
}

describe('An invocation of the history on two targets', () => {
  it('has the environment variables of its preset, and is confirmed again', async () => {
    assert.deepEqual(await ask({ ...opened, environment }), { ...order, environment });
  });

  it('is rejected before it is sent if its preset no longer has environment variables', async () => {
    for (const current of [opened, undefined]) {
      await assert.rejects(
        ask(current),
        ({ reason }: { reason: { code: string } }) => reason.code === 'environmentGone',
      );
    }
  });
});
