import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { LocalFunctionView } from '../../src/core/functions/localFunctionView.ts';
import type { PayloadSource } from '../../src/core/invocation/invocation.ts';
import { createFunctionEvents } from '../../src/host/functions/functionEvents.ts';
import { localFunctionView } from '../support/localFunctionView.ts';
import { inWorkspace, waitUntil, withSetting, writeFile } from './workspace.ts';

const EVENT = 'eventful/shop/events';

const fn = (name: string, file = 'eventful/shop/template.yaml') =>
  localFunctionView(name, { folder: inWorkspace('eventful').fsPath, file: inWorkspace(file).fsPath, fileName: file });

describe('The event of a local function', () => {
  const functions = [fn('Orders'), fn('Payments'), fn('Orders', 'eventful/other/template.yaml')];
  const [orders, payments, otherOrders] = functions as [LocalFunctionView, LocalFunctionView, LocalFunctionView];
  const original = vscode.window.createQuickPick;
  let picker: vscode.QuickPick<vscode.QuickPickItem> | undefined;
  let stored: Record<string, unknown> = {};

  const events = createFunctionEvents({
    context: {
      workspaceState: {
        keys: () => Object.keys(stored),
        get: <T>(key: string, fallback?: T) => (stored[key] ?? fallback) as T,
        update: (key: string, value: unknown) => Promise.resolve(void (stored[key] = value)),
      },
    },
    localFunctions: { list: () => Promise.resolve({ functions, problems: [] }) } as never,
  });

  beforeEach(async () => {
    stored = {};
    picker = undefined;
    vscode.window.createQuickPick = <T extends vscode.QuickPickItem>() => {
      const created = original<T>();
      picker = created;
      return created;
    };
    await vscode.workspace.fs.createDirectory(inWorkspace('eventful/shop'));
  });

  afterEach(async () => {
    vscode.window.createQuickPick = original;
    await vscode.workspace.fs.delete(inWorkspace('eventful'), { recursive: true });
  });

  /** Selects a row of the prompt that a request opens. Returns the labels of all rows. */
  async function select(row: string, request: Promise<unknown>): Promise<string[]> {
    picker = undefined;
    const isShown = () => picker?.items.some(({ label }) => label.startsWith(row)) === true;
    await waitUntil(isShown, `the row ${row}`);
    const open = picker as unknown as vscode.QuickPick<vscode.QuickPickItem>;
    const { items } = open;
    open.value = row;
    await waitUntil(() => open.activeItems[0]?.label.startsWith(row) === true, `the active row ${row}`);
    await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
    await request;
    return items.map(({ label, description = '' }) => (description === '' ? label : `${label} ${description}`));
  }

  function shown(payload: PayloadSource | undefined): string | undefined {
    if (payload?.kind !== 'file') return payload?.kind;
    return vscode.workspace.asRelativePath(vscode.Uri.parse(payload.uri));
  }

  const payloadOf = async (one: LocalFunctionView) => shown(await events.payloadOf(one));

  it('is next to the template, or in the workspace folder', async () => {
    await writeFile('eventful/events/event.json', '{}');
    assert.equal(await payloadOf(orders), 'eventful/events/event.json');
    await writeFile(`${EVENT}/event.json`, '{}');
    assert.equal(await payloadOf(orders), `${EVENT}/event.json`);
    await writeFile(`${EVENT}/Orders.json`, '{}');
    assert.deepEqual(await Promise.all([orders, payments, otherOrders].map(payloadOf)), [
      `${EVENT}/Orders.json`,
      `${EVENT}/event.json`,
      'eventful/events/event.json',
    ]);
  });

  it('can be in a folder from the settings, or an event.json next to the template', async () => {
    assert.equal(await payloadOf(orders), 'none');
    await writeFile('eventful/shop/event.json', '{}');
    assert.equal(await payloadOf(orders), 'eventful/shop/event.json');
    await writeFile('eventful/shop/tests/events/event.json', '{}');
    await withSetting('codeLens.payloadFolders', ['tests/events'], async () => {
      assert.equal(await payloadOf(orders), 'eventful/shop/tests/events/event.json');
    });
  });

  it('is selected once if several files are suitable, for each function separately', async () => {
    for (const name of ['a', 'b', 'Payments']) await writeFile(`${EVENT}/${name}.json`, '{}');
    const request = events.payloadOf(orders);
    const rows = await select('b.json', request);
    assert.deepEqual(rows, [
      `a.json ${EVENT}`,
      `b.json ${EVENT}`,
      `Payments.json ${EVENT}`,
      '',
      'No payload',
      'Choose File…',
    ]);
    assert.equal(shown(await request), `${EVENT}/b.json`);
    assert.equal(await payloadOf(orders), `${EVENT}/b.json`);
    assert.equal(await payloadOf(payments), `${EVENT}/Payments.json`);
    assert.equal(await payloadOf(otherOrders), 'none');
    assert.doesNotMatch(JSON.stringify(stored), /\{\}.*\{\}/);
  });

  it('is no longer selected if its file was deleted', async () => {
    for (const name of ['a', 'b', 'c']) await writeFile(`${EVENT}/${name}.json`, '{}');
    await select('c.json', events.payloadOf(orders));
    await vscode.workspace.fs.delete(inWorkspace(`${EVENT}/c.json`));
    await select('a.json', events.payloadOf(orders));
    await writeFile(`${EVENT}/c.json`, '{}');
    assert.equal(await payloadOf(orders), `${EVENT}/a.json`);
  });

  it('isn’t sent if the prompt is canceled', async () => {
    for (const name of ['a', 'b']) await writeFile(`${EVENT}/${name}.json`, '{}');
    const request = events.payloadOf(orders);
    await waitUntil(() => picker?.items.length === 5, 'the prompt');
    await vscode.commands.executeCommand('workbench.action.closeQuickOpen');
    assert.equal(await request, undefined);
    assert.deepEqual(stored, {});
  });

  it('can be selected at any time, including no payload and the automatic selection', async () => {
    for (const name of ['Orders', 'other']) await writeFile(`${EVENT}/${name}.json`, '{}');
    assert.equal(await payloadOf(orders), `${EVENT}/Orders.json`);
    const first = await select('other.json', events.select(orders));
    assert.equal(first[0], `Automatic $(check) ${EVENT}/Orders.json`);
    assert.equal(await payloadOf(orders), `${EVENT}/other.json`);
    const second = await select('No payload', events.select(orders));
    assert.ok(second.includes(`other.json $(check) ${EVENT}`));
    assert.equal(await payloadOf(orders), 'none');
    await select('Automatic', events.select(orders));
    assert.equal(await payloadOf(orders), `${EVENT}/Orders.json`);
  });
});
