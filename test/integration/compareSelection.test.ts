import assert from 'node:assert/strict';
import { EventEmitter } from 'vscode';
import { createCompareSelection } from '../../src/host/history/compareSelection.ts';
import { historyEntry } from '../support/historyEntry.ts';

describe('The invocation that is selected for a comparison', () => {
  it('is no longer selected when it was deleted', async () => {
    const changed = new EventEmitter<void>();
    let entries = [historyEntry({ invocationId: 'a' }), historyEntry({ invocationId: 'b' })];
    const selection = createCompareSelection({ entries: () => entries, onDidChange: changed.event });
    await selection.select('a');
    entries = entries.filter(({ invocationId }) => invocationId !== 'b');
    changed.fire();
    assert.equal(selection.get(), 'a');
    entries = [];
    changed.fire();
    assert.equal(selection.get(), undefined);
    selection.dispose();
    changed.dispose();
  });
});
