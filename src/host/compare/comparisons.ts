import * as vscode from 'vscode';
import { compareOptionsKey, type CompareOptions } from '../../core/compare/compareOptions.ts';
import { describeFunction } from '../../core/invocation/invocation.ts';
import { message } from '../../core/messages/messages.ts';
import { visibleLine } from '../../core/messages/visibleText.ts';
import { InvokeError } from '../../core/outcome/invokeError.ts';
import { COMPARISON_CONTEXT } from '../contributions.ts';
import { errorSentence } from '../notify.ts';
import { reportErrors } from '../ui/reportErrors.ts';
import { comparisonTitle, type ComparedSide } from './comparedSide.ts';
import type { CompareDocuments } from './compareDocuments.ts';
import type { CompareSettings } from './compareSettings.ts';
import { activeComparison, openComparisons, tabInActiveGroup } from './compareTabs.ts';
import { comparisonTexts, PARTS, type ComparisonTexts } from './comparisonTexts.ts';
import { comparisonKey, compareUris, isShownAsJson, parseCompareUri, type ComparedIds } from './compareUri.ts';

export interface ComparisonsDependencies {
  readonly settings: CompareSettings;
  readonly documents: Pick<CompareDocuments, 'refresh'>;
  /** Undefined if the invocation was deleted. */
  readonly readSide: (invocationId: string) => Promise<ComparedSide | undefined>;
}

/** Two results that are still available. */
export interface Compared {
  readonly sides: readonly [ComparedSide, ComparedSide];
  /** The storage key of the options. */
  readonly optionsKey: string;
}

/** What the documents of a comparison show. Without `optionsKey` if an invocation was deleted. */
interface ShownComparison extends Partial<Pick<Compared, 'optionsKey'>> {
  readonly texts: ComparisonTexts;
}

/** The texts of a comparison whose invocations were deleted. */
function goneTexts(error: unknown): ComparisonTexts {
  const gone = { text: errorSentence(error), isJson: false };
  const texts = [gone, gone] as const;
  return { figures: texts, response: texts, log: texts, request: texts };
}

function createFormats() {
  const create = (options: Intl.DateTimeFormatOptions) => {
    const format = new Intl.DateTimeFormat(vscode.env.language, options);
    return (at: number) => format.format(at);
  };
  return {
    date: create({ dateStyle: 'medium' }),
    time: create({ timeStyle: 'medium' }),
    dateTime: create({ dateStyle: 'medium', timeStyle: 'medium' }),
  };
}

/** The comparisons in VS Code's multi-diff editor. Their texts are only in memory. */
export class Comparisons implements vscode.Disposable {
  readonly #dependencies: ComparisonsDependencies;
  readonly #texts = new Map<string, Promise<ShownComparison>>();
  /** The comparisons that have been in a tab. VS Code adds the documents of a tab after it opens. */
  readonly #shown = new Set<string>();
  readonly #formats = createFormats();
  readonly #listening: vscode.Disposable;

  constructor(dependencies: ComparisonsDependencies) {
    this.#dependencies = dependencies;
    const { tabGroups } = vscode.window;
    const onChange = () => this.#tabsChanged();
    this.#listening = vscode.Disposable.from(
      tabGroups.onDidChangeTabs(onChange),
      tabGroups.onDidChangeTabGroups(onChange),
    );
    onChange();
  }

  /** Opens a comparison. Throws InvokeError if an invocation was deleted. */
  async open(ids: ComparedIds): Promise<void> {
    const { sides } = await this.#compared(ids);
    this.#texts.delete(comparisonKey(ids));
    const { response } = (await this.#read(ids)).texts;
    const isJson = response.every((side) => side.isJson);
    const names = sides.map(({ ended }) => describeFunction(ended.order.invocation));
    const folder = [...new Set(names)].join(' ↔ ');
    const resources = PARTS.map((part) => {
      const [left, right] = compareUris(ids, part, { isJson, folder });
      // A document that is already open shows its last text.
      this.#dependencies.documents.refresh(left);
      this.#dependencies.documents.refresh(right);
      return [right, left, right];
    });
    const title = visibleLine(comparisonTitle(...sides, this.#formats));
    await vscode.commands.executeCommand('vscode.changes', title, resources);
  }

  /** The text of a document. */
  async text(uri: vscode.Uri): Promise<string> {
    const parsed = parseCompareUri(uri);
    if (parsed === undefined) return '';
    const { texts } = await this.#read(parsed.ids);
    const { text, isJson } = texts[parsed.part][parsed.side === 'left' ? 0 : 1];
    // After a reload, a message replaces a response that was JSON.
    return isShownAsJson(uri) && !isJson ? text.replaceAll(/^/gm, '// ') : text;
  }

  /** The comparison in the active tab. Undefined for other tabs. Throws InvokeError if an invocation was deleted. */
  async active(): Promise<Compared | undefined> {
    const ids = activeComparison();
    return ids && this.#compared(ids);
  }

  /** Opens the comparison in the active tab with its sides swapped, in place of it. */
  async swapActive(): Promise<void> {
    const ids = activeComparison();
    if (ids === undefined || ids.left === ids.right) return;
    await this.open({ left: ids.right, right: ids.left });
    // VS Code has already replaced it if it was a preview.
    const previous = tabInActiveGroup(ids);
    if (previous !== undefined) await vscode.window.tabGroups.close(previous);
  }

  options({ optionsKey }: Pick<Compared, 'optionsKey'>): CompareOptions {
    return this.#dependencies.settings.of(optionsKey);
  }

  /** Changes the options of a comparison, and of all others of the same preset or function. */
  async change({ optionsKey }: Pick<Compared, 'optionsKey'>, change: Partial<CompareOptions>): Promise<void> {
    const { settings, documents } = this.#dependencies;
    await settings.change(optionsKey, change);
    for (const ids of openComparisons()) {
      this.#texts.delete(comparisonKey(ids));
      for (const document of vscode.workspace.textDocuments) {
        const shown = parseCompareUri(document.uri);
        if (shown !== undefined && comparisonKey(shown.ids) === comparisonKey(ids)) documents.refresh(document.uri);
      }
    }
    await this.#showOptions();
  }

  dispose(): void {
    this.#listening.dispose();
  }

  async #compared({ left, right }: ComparedIds): Promise<Compared> {
    const { readSide } = this.#dependencies;
    const [one, other] = await Promise.all([readSide(left), readSide(right)]);
    if (one === undefined || other === undefined) throw new InvokeError(message('comparedGone'));
    return { sides: [one, other], optionsKey: compareOptionsKey(one.ended.order, other.ended.order) };
  }

  #read(ids: ComparedIds): Promise<ShownComparison> {
    const key = comparisonKey(ids);
    const known = this.#texts.get(key);
    if (known !== undefined) return known;
    const { dateTime } = this.#formats;
    const reading = this.#compared(ids).then(
      ({ sides, optionsKey }) => ({
        texts: comparisonTexts(sides, this.options({ optionsKey }), dateTime),
        optionsKey,
      }),
      (error: unknown) => ({ texts: goneTexts(error) }),
    );
    this.#texts.set(key, reading);
    return reading;
  }

  #tabsChanged(): void {
    const open = new Set(openComparisons().map(comparisonKey));
    for (const key of this.#shown) if (!open.has(key)) this.#texts.delete(key);
    this.#shown.clear();
    for (const key of open) this.#shown.add(key);
    reportErrors(this.#showOptions());
  }

  /** Sets the context key of the buttons in the editor title. */
  async #showOptions(): Promise<void> {
    const ids = activeComparison();
    const optionsKey = ids && (await this.#read(ids)).optionsKey;
    const now = activeComparison();
    if ((ids && comparisonKey(ids)) !== (now && comparisonKey(now))) return; // another tab has become active
    const { sortsKeys, hidesTimes } = this.options({ optionsKey: optionsKey ?? '' });
    const words = [sortsKeys ? 'sorted' : 'unsorted', hidesTimes ? 'hidesTimes' : 'showsTimes'].join(' ');
    await vscode.commands.executeCommand('setContext', COMPARISON_CONTEXT, optionsKey === undefined ? '' : words);
  }
}
