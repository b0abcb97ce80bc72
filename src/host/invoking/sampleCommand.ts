import * as vscode from 'vscode';
import { askChoice } from '../ui/ask.ts';
import type { Sample } from '../../core/samples/sample.ts';

interface Samples {
  readonly SAMPLES: readonly Sample[];
  readonly sampleText: (sample: Sample) => string;
}

/** Prompts for a sample event, unless one has this name. Returns its text, or undefined if canceled. */
export async function askSample({ SAMPLES, sampleText }: Samples, name?: unknown): Promise<string | undefined> {
  const groups = [...new Set(SAMPLES.map(({ group }) => group))];
  const rows = (group: string) =>
    SAMPLES.filter((sample) => sample.group === group).map((sample) => ({
      label: sample.name,
      detail: sample.description,
      sample,
    }));
  const items = groups.flatMap((group) => [
    { label: group, kind: vscode.QuickPickItemKind.Separator, sample: undefined },
    ...rows(group),
  ]);
  const picked =
    items.find(({ label, sample }) => sample !== undefined && label === name) ??
    (await askChoice(items, {
      title: vscode.l10n.t('New Payload from Sample'),
      placeHolder: vscode.l10n.t('Select a sample event'),
      matchOnDetail: true,
    }));
  return picked?.sample && sampleText(picked.sample);
}

/** New Payload from Sample…: opens a sample event in an untitled editor. */
export function createSampleCommand(load: () => Promise<Samples>) {
  return async (name?: unknown): Promise<void> => {
    const content = await askSample(await load(), name);
    if (content === undefined) return;
    const document = await vscode.workspace.openTextDocument({ content, language: 'json' });
    await vscode.window.showTextDocument(document, { preview: false });
  };
}
