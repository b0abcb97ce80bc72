import * as vscode from 'vscode';
import { listTests } from '../../app/testing/listTests.ts';
import { newestOf } from '../../core/async/newest.ts';
import { createLineCounter } from '../../core/json/lineCounter.ts';
import type { Message } from '../../core/messages/messages.ts';
import { visibleLine } from '../../core/messages/visibleText.ts';
import { isInvokeError } from '../../core/outcome/invokeError.ts';
import { groupPresets } from '../../core/presets/presetGroups.ts';
import { tagsOf, testedEntries, type TestedEntry } from '../../core/testing/presetTest.ts';
import type { TestCase } from '../../core/testing/testCases.ts';
import { createUniqueNames } from '../../core/testing/uniqueNames.ts';
import { testFileUri } from '../files/folderFiles.ts';
import { setTestLabel } from '../ui/labels.ts';
import { sentence } from '../ui/localize.ts';
import type { Presets } from '../presets/commands.ts';
import type { PresetFiles, StorePresets } from '../presets/presetFiles.ts';
import type { RunnableTest, StoredTest, TestNode } from './testNodes.ts';

interface TestTreeDependencies {
  readonly controller: vscode.TestController;
  readonly files: Pick<PresetFiles, 'read' | 'text'>;
  readonly testFiles: Presets['testFiles'];
}

/** What an item shows. */
interface ItemTexts {
  readonly id: string;
  readonly label: string;
  readonly uri: vscode.Uri;
  readonly node: TestNode;
  readonly range?: vscode.Range;
  readonly tags?: readonly vscode.TestTag[];
  readonly canResolve?: boolean;
}

/** The tests of the window in the Test Explorer: stores, groups, presets with `expect`, and their cases. */
export class TestTree {
  readonly #dependencies: TestTreeDependencies;
  readonly #read: () => Promise<StorePresets[]>;
  readonly #nodes = new WeakMap<vscode.TestItem, TestNode>();
  /** Why the cases of a preset can't be read. */
  readonly #problems = new WeakMap<vscode.TestItem, Message>();

  constructor(dependencies: TestTreeDependencies) {
    this.#dependencies = dependencies;
    this.#read = newestOf(() => dependencies.files.read());
  }

  /** Reads all presets files. Items stay the same objects, so that they keep their results. */
  async update(): Promise<void> {
    const { items } = this.#dependencies.controller;
    const all = await this.#read();
    const stores = await Promise.all(all.map((presets) => this.#storeItem(presets, items, labelOf(presets, all))));
    items.replace(stores.filter((item) => item !== undefined));
  }

  /** Lists the cases of an item. */
  async resolve(item: vscode.TestItem): Promise<void> {
    const node = this.#nodes.get(item);
    if (node?.kind === 'preset') await this.#resolveCases(item, node.stored);
  }

  /** Lists the cases of a file again that has changed, where they were listed before. */
  async updateCases(uri: vscode.Uri): Promise<void> {
    const id = uri.toString();
    for (const { item, stored } of this.presets()) {
      const isListed = item.children.size > 0 || this.#problems.has(item);
      if (isListed && casesUri(stored)?.toString() === id) await this.#resolveCases(item, stored);
    }
  }

  /** The tests of items and the items below them, by default all, in the order in which they're shown. */
  async collect(
    include: readonly vscode.TestItem[] | undefined,
    exclude: readonly vscode.TestItem[] = [],
  ): Promise<RunnableTest[]> {
    const left = new Set(exclude);
    const seen = new Set<vscode.TestItem>();
    const tests: RunnableTest[] = [];
    const add = async (item: vscode.TestItem): Promise<void> => {
      const node = this.#nodes.get(item);
      if (node === undefined || left.has(item) || seen.has(item) || !this.#isListed(item)) return;
      seen.add(item);
      if (node.kind === 'case') {
        const { stored, testCase } = node;
        tests.push({ item, stored, test: { preset: stored.preset, testCase } });
      } else if (node.kind === 'preset' && node.stored.preset.cases === undefined) {
        tests.push({ item, stored: node.stored, test: { preset: node.stored.preset } });
      } else {
        if (node.kind === 'preset') await this.#resolveCases(item, node.stored);
        const problem = this.#problems.get(item);
        if (node.kind === 'preset' && problem !== undefined)
          tests.push({ item, stored: node.stored, test: { preset: node.stored.preset }, problem });
        for (const [, child] of item.children) await add(child);
      }
    };
    if (include === undefined) for (const [, item] of this.#dependencies.controller.items) await add(item);
    else {
      await this.#resolveCasesOf(include);
      for (const item of include) await add(item);
    }
    return tests;
  }

  /** Reads the files of cases again, which might have changed. */
  async #resolveCasesOf(items: readonly vscode.TestItem[]): Promise<void> {
    const cases = items.filter((item) => this.#nodes.get(item)?.kind === 'case');
    for (const parent of new Set(cases.map((item) => item.parent)))
      if (parent !== undefined) await this.resolve(parent);
  }

  /** Whether an item is still in the tree. Requests can have items of deleted presets. */
  #isListed(item: vscode.TestItem): boolean {
    const { parent } = item;
    const siblings = parent?.children ?? this.#dependencies.controller.items;
    return siblings.get(item.id) === item && (parent === undefined || this.#isListed(parent));
  }

  /** All presets that are tests, with their items. */
  presets(): Pick<RunnableTest, 'item' | 'stored'>[] {
    const below = (items: vscode.TestItemCollection): Pick<RunnableTest, 'item' | 'stored'>[] =>
      [...items].flatMap(([, item]) => {
        const node = this.#nodes.get(item);
        return node?.kind === 'preset' ? [{ item, stored: node.stored }] : below(item.children);
      });
    return below(this.#dependencies.controller.items);
  }

  #item(items: vscode.TestItemCollection, { id, label, uri, node, ...texts }: ItemTexts): vscode.TestItem {
    const known = items.get(id);
    const isKnown = known?.uri?.toString() === uri.toString();
    const item = isKnown ? known : this.#dependencies.controller.createTestItem(id, visibleLine(label), uri);
    setTestLabel(item, label);
    // VS Code sends every range that is set, also an equal one.
    const { range } = texts;
    const isSame = range === undefined ? item.range === undefined : item.range?.isEqual(range) === true;
    if (!isSame) item.range = range;
    if (texts.tags !== undefined) item.tags = texts.tags;
    item.canResolveChildren = texts.canResolve === true;
    this.#nodes.set(item, node);
    return item;
  }

  /** Undefined without tests. The tests of a file that became invalid stay, with the reason. */
  async #storeItem(
    { store, file }: StorePresets,
    items: vscode.TestItemCollection,
    label: string,
  ): Promise<vscode.TestItem | undefined> {
    const { uri } = store;
    const id = uri.toString();
    const entries = testedEntries(file.entries);
    const [problem] = file.problems;
    if (entries.length === 0) {
      const last = items.get(id);
      const isBroken = file.entries.length === 0 && problem !== undefined;
      if (last === undefined || !isBroken) return undefined;
      last.error = sentence(problem);
      return last;
    }
    const item = this.#item(items, { id, label, uri, node: { kind: 'store' } });
    item.error = undefined;
    const text = (await this.#dependencies.files.text(store)) ?? '';
    const lineAt = createLineCounter(text);
    // In file order, because the counter only advances.
    const ranges = new Map(
      entries.map(({ index, offset, length }) => [index, rangeOfLines(lineAt(offset), lineAt(offset + length))]),
    );
    const names = createUniqueNames((name, count) => `${name} ${count}`);
    const presetItem = (parent: vscode.TestItemCollection, entry: TestedEntry, position: number) => {
      const id = `preset ${names(entry.preset.name)}`;
      return this.#presetItem(parent, { ...entry, store }, { id, range: ranges.get(entry.index), position });
    };
    const children = groupPresets(entries).flatMap(({ name, entries: grouped }, position) => {
      const tested = testedEntries(grouped);
      if (name === undefined) return tested.map((entry, at) => presetItem(item.children, entry, position + at));
      const group = this.#item(item.children, { id: `group ${name}`, label: name, uri, node: { kind: 'group' } });
      group.sortText = sortText(position);
      group.children.replace(tested.map((entry, at) => presetItem(group.children, entry, at)));
      return [group];
    });
    item.children.replace(children);
    return item;
  }

  #presetItem(
    items: vscode.TestItemCollection,
    { preset, index, store }: StoredTest,
    {
      id,
      range,
      position,
    }: { readonly id: string; readonly range: vscode.Range | undefined; readonly position: number },
  ): vscode.TestItem {
    const item = this.#item(items, {
      id,
      label: preset.name,
      uri: store.uri,
      node: { kind: 'preset', stored: { preset, index, store } },
      ...(range && { range }),
      tags: tagsOf(preset).map((tag) => new vscode.TestTag(tag)),
      canResolve: preset.cases !== undefined,
    });
    item.sortText = sortText(position);
    if (preset.cases === undefined) item.children.replace([]);
    return item;
  }

  async #resolveCases(item: vscode.TestItem, stored: StoredTest): Promise<void> {
    const { preset, store } = stored;
    if (preset.cases === undefined) return;
    item.busy = true;
    try {
      const tests = await listTests(preset, this.#dependencies.testFiles(store));
      const cases = tests.map(({ testCase }) => testCase).filter((testCase) => testCase !== undefined);
      item.children.replace(cases.map((testCase, at) => this.#caseItem(item, { stored, testCase, position: at })));
      item.error = undefined;
      this.#problems.delete(item);
    } catch (error) {
      if (!isInvokeError(error)) throw error;
      item.children.replace([]);
      item.error = sentence(error.reason);
      this.#problems.set(item, error.reason);
    } finally {
      item.busy = false;
    }
  }

  #caseItem(
    parent: vscode.TestItem,
    { stored, testCase, position }: { stored: StoredTest; testCase: TestCase; position: number },
  ): vscode.TestItem {
    const uri = casesUri(stored) ?? stored.store.uri;
    const item = this.#item(parent.children, {
      id: `case ${testCase.name}`,
      label: testCase.name,
      uri,
      node: { kind: 'case', stored, testCase },
      range: rangeOfLines(testCase.line, testCase.line),
      tags: parent.tags,
    });
    item.sortText = sortText(position);
    return item;
  }
}

/** The name of a folder, with its path if another one has the same name. */
function labelOf({ store: { folder, label } }: StorePresets, all: readonly StorePresets[]): string {
  const isShared = all.filter(({ store }) => store.label === label).length > 1;
  return isShared && folder !== undefined ? `${label} · ${folder.uri.fsPath}` : label;
}

/** Lines from 1. */
function rangeOfLines(first: number, last: number): vscode.Range {
  return new vscode.Range(first - 1, 0, last - 1, 0);
}

/** The file with the cases of a preset. */
function casesUri({ preset: { cases }, store }: StoredTest): vscode.Uri | undefined {
  return cases === undefined ? undefined : testFileUri(store, cases);
}

function sortText(position: number): string {
  return String(position).padStart(6, '0');
}
