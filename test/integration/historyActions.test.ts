import assert from 'node:assert/strict';
import type { EndedInvocation } from '../../src/app/invocations.ts';
import type { InvocationOrder } from '../../src/app/runInvocation.ts';
import type { ShownDraft } from '../../src/app/shownDraft.ts';
import { toDraft } from '../../src/core/invocation/draft.ts';
import type { OpenedPreset } from '../../src/core/presets/preset.ts';
import { createHistoryActions, type HistoryActionServices } from '../../src/host/history/historyActions.ts';
import { historyEntry, succeeded } from '../support/historyEntry.ts';

const preset = { name: 'hello', store: 'file:///presets.json' };
const environment = { TABLE: 'orders' };
const { invocation, connection } = historyEntry();
const order: InvocationOrder = { invocation: { ...invocation, payload: { kind: 'none' } }, connection, preset };
const stored: InvocationOrder = { ...order, lacksEnvironment: true };
const ended: EndedInvocation = { invocationId: 'x', order: stored, result: { outcome: succeeded } };
const opened: OpenedPreset = { raw: { name: 'hello', FunctionName: 'hello' }, store: preset.store, index: 0 };

/** The actions of a window that no longer has the invocation in memory. `find` returns the current preset. */
function openActions(find: () => Promise<OpenedPreset | undefined>) {
  const runs: InvocationOrder[] = [];
  const shown: (ShownDraft | undefined)[] = [];
  const orders: InvocationOrder[] = [];
  const services = {
    history: { ended: () => Promise.resolve({ ended, isDropped: true }) },
    presets: () => Promise.resolve({ find }),
    forms: {
      showEnded(opened: EndedInvocation, draft?: ShownDraft) {
        orders.push(opened.order);
        shown.push(draft);
      },
    },
    run: (run: InvocationOrder) => {
      runs.push(run);
      return Promise.resolve(ended);
    },
  } as unknown as HistoryActionServices;
  return { actions: createHistoryActions(services), runs, shown, orders };
}

describe('An entry of the history whose invocation is no longer in memory', () => {
  const entry = historyEntry({ preset, environment });

  it('is repeated with the environment variables of its preset', async () => {
    const { actions, runs } = openActions(() => Promise.resolve({ ...opened, environment }));
    await actions.repeat(entry);
    assert.deepEqual(runs, [{ ...order, environment }]);
  });

  it('is shown instead of repeated if its preset no longer has environment variables', async () => {
    const { actions, runs, shown } = openActions(() => Promise.resolve(opened));
    await actions.repeat(entry);
    assert.deepEqual([runs.length, shown.length], [0, 1]);
  });

  it('is shown with the environment variables of its preset, so that the form can repeat it', async () => {
    const { actions, orders } = openActions(() => Promise.resolve({ ...opened, environment }));
    await actions.open(entry);
    assert.deepEqual(orders, [{ ...order, environment }]);
  });

  it('still lacks its environment variables in the form if its preset no longer has them', async () => {
    const { actions, orders } = openActions(() => Promise.resolve(opened));
    await actions.open(entry);
    assert.deepEqual(orders, [stored]);
  });

  it('is shown with its preset', async () => {
    const { actions, shown } = openActions(() => Promise.resolve(opened));
    await actions.open(entry);
    assert.deepEqual(shown, [{ draft: toDraft(order.invocation), connection, opened }]);
  });

  it('is shown without a preset whose file has errors', async () => {
    const { actions, shown } = openActions(() => Promise.reject(new Error('invalid')));
    await actions.open(entry);
    assert.deepEqual(shown, [{ draft: toDraft(order.invocation), connection }]);
  });
});
