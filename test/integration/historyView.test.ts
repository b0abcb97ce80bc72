import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { HistoryEntry, RecordedInvocation } from '../../src/core/history/historyEntry.ts';
import { facetValue, matchesFilter } from '../../src/core/history/historyFilter.ts';
import type { Outcome } from '../../src/core/outcome/outcome.ts';
import { isEntryRow, type EntryRow, type HistoryNode } from '../../src/host/history/historyNodes.ts';
import { createTimeTexts } from '../../src/host/history/historyTexts.ts';
import { HistoryTree } from '../../src/host/history/historyTree.ts';
import type { OutcomeSnapshot } from '../../src/host/invoking/outcomeSnapshot.ts';
import { historyEntry, succeeded } from '../support/historyEntry.ts';
import { closeEditors, formTabs, inWorkspace, settledFormTabs, waitUntil } from './workspace.ts';

const NOON = new Date(2026, 10, 27, 12).getTime();
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

const thrown: Outcome = {
  state: 'functionError',
  StatusCode: 200,
  FunctionError: 'Unhandled',
  functionError: { type: 'TypeError', stack: [], causes: [] },
  diagnosis: { kind: 'thrown' },
  requestId: 'request-7',
  responseBytes: 0,
  connection: { kind: 'local' },
  clientMs: 23,
  notes: [],
};

const named = (FunctionName: string, more: Partial<RecordedInvocation> = {}): HistoryEntry =>
  historyEntry({
    invocationId: FunctionName,
    at: NOON,
    invocation: { FunctionName, InvocationType: 'RequestResponse', payload: { kind: 'none' } },
    ...more,
  });

/** A tree whose entries and time a test changes. */
function createTree(entries: readonly HistoryEntry[], now = NOON) {
  const state = { entries, now, isFiltered: false };
  const tree = new HistoryTree({
    entries: () => state.entries,
    isFiltered: () => state.isFiltered,
    times: createTimeTexts('en'),
    now: () => state.now,
  });
  return { state, tree };
}

const labels = (tree: HistoryTree) =>
  tree.days.map(({ item, rows }) => [item.label, ...rows.map((row) => row.item.label)]);

function rowOf(tree: HistoryTree, id: string): EntryRow {
  const row = tree.find(id);
  assert.ok(row !== undefined);
  return row;
}

const iconOf = ({ item: { iconPath } }: HistoryNode) =>
  iconPath instanceof vscode.ThemeIcon ? [iconPath.id, iconPath.color?.id] : undefined;

describe('The rows of the history view', () => {
  it('are grouped by day, with older days collapsed', () => {
    const { tree } = createTree([
      named('a'),
      named('b', { at: NOON - DAY }),
      named('c', { at: NOON - 3 * DAY }),
      { ...named('d', { at: NOON - 400 * DAY }), isPinned: true },
      named('e', { at: NOON - 400 * DAY }),
    ]);
    assert.equal(tree.update(), 'all');
    assert.deepEqual(labels(tree), [
      ['Pinned', 'd'],
      ['Today', 'a'],
      ['Yesterday', 'b'],
      ['Tuesday, Nov 24', 'c'],
      ['Oct 23, 2025', 'e'],
    ]);
    const { Collapsed, Expanded } = vscode.TreeItemCollapsibleState;
    const states = tree.days.map(({ item }) => item.collapsibleState);
    assert.deepEqual(states, [Expanded, Expanded, Expanded, Collapsed, Collapsed]);
  });

  it('are expanded for the latest day, and for all days of a filtered history', () => {
    const { state, tree } = createTree([named('a', { at: NOON - 3 * DAY }), named('b', { at: NOON - 4 * DAY })]);
    tree.update();
    const { Collapsed, Expanded } = vscode.TreeItemCollapsibleState;
    const states = () => tree.days.map(({ item }) => item.collapsibleState);
    assert.deepEqual(states(), [Expanded, Collapsed]);
    state.isFiltered = true;
    assert.equal(tree.update(), 'all');
    assert.deepEqual(states(), [Expanded, Expanded]);
  });

  it('show connection, duration, and age, and all details in their tooltip', () => {
    const invocation = {
      FunctionName: 'orders',
      Qualifier: 'live',
      InvocationType: 'RequestResponse',
      payload: { kind: 'file', uri: inWorkspace('events/hello.json').toString() },
    } as const;
    const { tree } = createTree([
      named('x', {
        at: NOON - 3 * MINUTE,
        invocation,
        preset: { name: 'Daily', store: 'file:///presets' },
        result: { outcome: thrown, sent: new Uint8Array(17) },
      }),
    ]);
    tree.update();
    const row = rowOf(tree, 'x');
    assert.equal(row.item.label, 'orders:live');
    assert.match(String(row.item.description), /^Local · 23 ms · 3 ?m\S* ago$/);
    assert.equal(
      row.item.accessibilityInformation?.label,
      'orders:live, Function error (TypeError), Local, 23 ms, 3 minutes ago',
    );
    const { tooltip } = row.item;
    assert.ok(typeof tooltip === 'string');
    assert.deepEqual(tooltip.split('\n').slice(0, -1), [
      'orders:live',
      'Function error (TypeError) · 23 ms',
      'RequestResponse · Local',
      'Preset: Daily',
      'Payload file: events/hello.json · 17 bytes',
      'Request ID: request-7',
    ]);
    assert.match(tooltip, /\nFriday, November 27, 2026 at 11:57:00\sAM$/);
    assert.deepEqual(iconOf(row), ['error', 'testing.iconFailed']);
    assert.equal(row.item.contextValue, 'entry unpinned hasFile');
  });

  it('show the time of day after an hour, with the date if they are pinned', () => {
    const at = NOON - DAY;
    const { tree } = createTree([named('a', { at }), { ...named('b', { at }), isPinned: true }]);
    tree.update();
    assert.match(String(rowOf(tree, 'a').item.description), /^Local · 1 ms · 12:00\sPM$/);
    assert.match(String(rowOf(tree, 'b').item.description), /^Local · 1 ms · Nov 26, 12:00\sPM$/);
  });

  it('have no duration if nothing was sent', () => {
    const outcome: Outcome = {
      state: 'cancelled',
      reason: { code: 'notConfirmed', args: [] },
      nothingSent: true,
      clientMs: 900,
      notes: [],
    };
    const { tree } = createTree([named('a', { result: { outcome } })]);
    tree.update();
    assert.equal(rowOf(tree, 'a').item.description, 'Local · now');
    assert.deepEqual(iconOf(rowOf(tree, 'a')), ['circle-slash', 'testing.iconSkipped']);
  });

  it('are refreshed one by one as they age, and by day for a new invocation', () => {
    const { state, tree } = createTree([named('a'), named('b', { at: NOON - 2 * 60 * MINUTE })]);
    tree.update();
    const row = rowOf(tree, 'a');
    assert.deepEqual(tree.update(), []);
    state.now += MINUTE;
    assert.deepEqual(tree.update(), [row]);
    assert.match(String(row.item.description), /^Local · 1 ms · 1 ?m\S* ago$/);
    state.entries = [named('c', { at: state.now }), ...state.entries];
    assert.deepEqual(tree.update(), [tree.days[0]]);
    assert.equal(rowOf(tree, 'a'), row);
    assert.equal(tree.days[0]?.item.description, '3');
  });

  it('move to Yesterday at midnight', () => {
    const { state, tree } = createTree([named('a')]);
    tree.update();
    state.now += 12 * 60 * MINUTE;
    assert.deepEqual(tree.update(), [tree.days[0]]);
    assert.deepEqual(labels(tree), [['Yesterday', 'a']]);
  });

  it('are those that match the filter', () => {
    const { state, tree } = createTree([named('a'), named('b')]);
    tree.update();
    const value = facetValue(named('b'), 'function');
    assert.ok(value !== undefined);
    state.entries = state.entries.filter((entry) => matchesFilter(entry, [value]));
    tree.update();
    assert.deepEqual(labels(tree), [['Today', 'b']]);
  });

  it('are all created for 1,000 invocations, and again only for the day of a new one', () => {
    const entries = Array.from({ length: 1000 }, (_, index) => named(`f${index}`, { at: NOON - index * 60 * MINUTE }));
    const { state, tree } = createTree(entries);
    tree.update();
    assert.equal(tree.rows.length, 1000);
    const before = tree.rows;
    state.entries = [named('new', { at: state.now }), ...entries];
    assert.deepEqual(tree.update(), [tree.days[0]]);
    assert.equal(tree.rows.filter((row) => !before.includes(row)).length, 1);
  });
});

describe('The commands of the history view', () => {
  afterEach(closeEditors);

  const row = (entry: HistoryEntry) => {
    const { tree } = createTree([entry]);
    tree.update();
    const found = rowOf(tree, entry.invocationId);
    assert.ok(isEntryRow(found));
    return found;
  };
  const hello = (more: Partial<RecordedInvocation> = {}) =>
    named('hello', { invocationId: 'of the test', result: { outcome: succeeded }, ...more });
  const run = <Result>(command: string, entry: HistoryEntry) =>
    vscode.commands.executeCommand<Result>(`lambdaInvoke.history.${command}`, row(entry));

  it('repeat an invocation and return its outcome', async () => {
    const outcome = await run<OutcomeSnapshot>('repeat', hello());
    assert.equal(outcome.state, 'succeeded');
    assert.equal(outcome.payloadText?.includes('Hello'), true);
  });

  it('send the payload file as it is now', async () => {
    const uri = inWorkspace('events/hello.json').toString();
    const payload = { kind: 'file', uri } as const;
    const invocation = { FunctionName: 'hello', InvocationType: 'RequestResponse', payload } as const;
    const outcome = await run<OutcomeSnapshot>('repeat', hello({ invocationId: 'with a file', invocation }));
    assert.equal(outcome.payloadText?.includes('Hello, Ada!'), true);
    await run('openFile', hello({ invocation }));
    await waitUntil(() => vscode.window.activeTextEditor?.document.uri.toString() === uri, 'the payload file');
  });

  it('open an invocation in one form', async () => {
    await run('open', hello());
    await waitUntil(() => formTabs().includes('Invoke hello'), 'a form with the function');
    await run('open', hello());
    assert.deepEqual(await settledFormTabs(), ['Invoke hello']);
  });

  it('open the form instead of sending an inline payload that is gone', async () => {
    const payload = { kind: 'typed', text: '{}' } as const;
    const invocation = { FunctionName: 'gone', InvocationType: 'RequestResponse', payload } as const;
    const outcome = await run('repeat', hello({ invocationId: 'with a text', invocation }));
    assert.equal(outcome, undefined);
    await waitUntil(() => formTabs().includes('Invoke gone'), 'a form to enter the payload');
  });
});
