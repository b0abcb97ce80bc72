import * as vscode from 'vscode';
import type { LocalFunctionView } from '../../core/functions/localFunctionView.ts';
import type { PayloadSource } from '../../core/invocation/invocation.ts';
import { chooseEvent, type EventChoice, type EventReceiver } from '../../core/samples/eventChoice.ts';
import { askPayloadFile } from '../invoking/askPayloadFile.ts';
import { labelOf } from '../invoking/payloadFiles.ts';
import { askOther } from '../ui/ask.ts';
import type { Choice } from '../ui/choice.ts';
import { showBriefly } from '../ui/progress.ts';
import type { Services } from '../wiring/services.ts';
import { eventFilesOf, eventFoldersOf, isFile, type EventFile } from './eventFiles.ts';
import { SelectedEvents } from './selectedEvents.ts';

/** A row: the URI of a file, `''` for no payload, or undefined for the automatic selection. */
interface EventRow extends Choice {
  readonly event: (() => Promise<string | undefined>) | string | undefined;
}

/** The events that the commands of the Functions view send to local functions. */
export interface FunctionEvents {
  /** Prompts if several files are suitable, and remembers the selection. Undefined if canceled. */
  payloadOf(fn: LocalFunctionView): Promise<PayloadSource | undefined>;
  /** Prompts for the event of a function, and remembers the selection. */
  select(fn: LocalFunctionView): Promise<void>;
}

function toPayload(uri: string): PayloadSource {
  return uri === '' ? { kind: 'none' } : { kind: 'file', uri };
}

function fileRow(uri: vscode.Uri, current: string | undefined): EventRow {
  const event = uri.toString();
  const label = labelOf(uri);
  const name = label.slice(label.lastIndexOf('/') + 1);
  const description = label.slice(0, Math.max(0, label.length - name.length - 1));
  return { label: name, description, event, isCurrent: event === current };
}

/** Event files are named after the plain name of their function. */
function receiverOf({ name, plainName, otherNames, events }: LocalFunctionView): EventReceiver {
  return { name: plainName, otherNames: [...otherNames, name], ...(events !== undefined && { events }) };
}

export function createFunctionEvents({
  context,
  localFunctions,
}: Pick<Services, 'localFunctions'> & {
  readonly context: Pick<Services['context'], 'workspaceState'>;
}): FunctionEvents {
  const selected = new SelectedEvents(context.workspaceState);

  /** The selected event, unless its file was deleted. */
  async function selectedEvent(fn: LocalFunctionView): Promise<string | undefined> {
    const uri = selected.get(fn);
    if (uri === undefined || uri === '' || (await isFile(vscode.Uri.parse(uri)))) return uri;
    await selected.set(fn, undefined);
    return undefined;
  }

  async function automaticChoice(
    fn: LocalFunctionView,
  ): Promise<{ readonly choice: EventChoice<EventFile>; readonly files: readonly EventFile[] }> {
    const [folders, { functions }] = await Promise.all([eventFilesOf(fn), localFunctions.list()]);
    const others = functions.filter(({ file, name }) => file !== fn.file || name !== fn.name);
    const receivers = others.map((other) => ({ ...receiverOf(other), folders: eventFoldersOf(other) }));
    const choice = chooseEvent(folders, receiverOf(fn), receivers, ({ nextTo }, other) =>
      other.folders.includes(nextTo),
    );
    return { choice, files: choice.kind === 'several' ? choice.files : folders.flat() };
  }

  /** Resolves to undefined if canceled. */
  async function promptForEvent(
    fn: LocalFunctionView,
    { files, current, first }: { files: readonly EventFile[]; current: string | undefined; first: readonly EventRow[] },
  ): Promise<{ readonly event: string | undefined } | undefined> {
    const uris = files.map(({ uri }) => uri);
    const others = current !== undefined && current !== '' ? [vscode.Uri.parse(current)] : [];
    const isListed = (uri: vscode.Uri) => uris.some((other) => other.toString() === uri.toString());
    const rows: EventRow[] = [
      ...first,
      ...[...others.filter((uri) => !isListed(uri)), ...uris].map((uri) => fileRow(uri, current)),
      { label: '', kind: vscode.QuickPickItemKind.Separator, event: undefined },
      { label: vscode.l10n.t('No payload'), event: '', isCurrent: current === '' },
      {
        label: vscode.l10n.t('Choose File…'),
        event: async () => (await askPayloadFile(vscode.Uri.file(fn.folder)))?.toString(),
      },
    ];
    const row = await askOther(rows, {
      title: vscode.l10n.t('Event for {0}', fn.name),
      placeHolder: vscode.l10n.t('Select the event to send. The selection is remembered.'),
      matchOnDescription: true,
    });
    if (row === undefined) return undefined;
    if (typeof row.event !== 'function') return { event: row.event };
    const event = await row.event();
    return event === undefined ? undefined : { event };
  }

  return {
    async payloadOf(fn) {
      const event = await selectedEvent(fn);
      if (event !== undefined) return toPayload(event);
      const { choice, files } = await automaticChoice(fn);
      if (choice.kind === 'none') return toPayload('');
      if (choice.kind === 'file') return toPayload(choice.file.uri.toString());
      const selection = await promptForEvent(fn, { files, current: undefined, first: [] });
      if (selection === undefined) return undefined;
      await selected.set(fn, selection.event);
      return toPayload(selection.event ?? '');
    },
    async select(fn) {
      const current = await selectedEvent(fn);
      const { choice, files } = await automaticChoice(fn);
      const automatic: EventRow = {
        label: vscode.l10n.t('Automatic'),
        description: describeChoice(choice),
        event: undefined,
        isCurrent: current === undefined,
      };
      const selection = await promptForEvent(fn, { files, current, first: [automatic] });
      if (selection === undefined) return;
      const { event } = selection;
      await selected.set(fn, event);
      if (event === '') showBriefly(vscode.l10n.t('Event for {0}: no payload', fn.name));
      else if (event !== undefined)
        showBriefly(vscode.l10n.t('Event for {0}: {1}', fn.name, labelOf(vscode.Uri.parse(event))));
    },
  };
}

function describeChoice(choice: EventChoice<EventFile>): string {
  switch (choice.kind) {
    case 'none':
      return vscode.l10n.t('No payload');
    case 'file':
      return labelOf(choice.file.uri);
    case 'several':
      return vscode.l10n.t('Ask on the next run');
  }
}
