import * as vscode from 'vscode';
import { MAX_BUFFERED_BYTES } from '../../app/responseStream.ts';
import { isSameConnection } from '../../core/connection/connection.ts';
import { message } from '../../core/messages/messages.ts';
import { InvokeError } from '../../core/outcome/invokeError.ts';
import type { ToHost } from '../../protocol/toHost.ts';
import { notify } from '../notify.ts';
import { reportErrors } from '../ui/reportErrors.ts';
import { askStreamFile } from './askStreamFile.ts';
import { exportResult } from './exportResult.ts';
import { invokeResolved, resolveInvocation } from './formVariables.ts';
import type { OpenForm } from './openForm.ts';

type Intent<K extends ToHost['type']> = Extract<ToHost, { type: K }>;

const STREAM_FILE = 'response.txt';

/** The handlers for messages of a form. Errors are shown in notifications. */
const INTENTS: { readonly [K in ToHost['type']]: (intent: Intent<K>, form: OpenForm) => unknown } = {
  async ready({ connection, preset }, { controller, dependencies }) {
    const { acceptsRestored } = controller;
    controller.ready(connection);
    const opened = acceptsRestored && preset !== undefined ? await dependencies.findPreset(preset) : undefined;
    if (opened !== undefined) controller.restorePreset(opened);
  },
  invoke: invokeResolved,
  repeat: () => undefined,
  showResult: () => undefined,
  readSent: () => undefined,
  resultAction: () => undefined,
  payloadEdited: () => undefined,
  chooseSample: () => undefined,
  stopWaiting: (_, { controller }) => controller.stopWaiting(),
  draftChanged(intent, { controller, setTitle }) {
    controller.changeDraft(intent);
    setTitle(intent.FunctionName);
  },
  browsePayload: (_, { payload }) => payload.browse(),
  openPayload: ({ uri }) => vscode.window.showTextDocument(vscode.Uri.parse(uri), { preview: false }),
  editPayload: ({ text }, { payload }) => payload.edit(text),
  dropPayload: ({ uris }, { payload }) => payload.drop(uris),
  savePreset({ draft, target }, { controller, dependencies }) {
    const { connection, openedPreset: opened } = controller;
    let shown = opened;
    return dependencies.savePreset({ draft, connection, ...(opened !== undefined && { opened }) }, target, (saved) => {
      if (controller.openedPreset !== shown) return; // the form shows another preset
      shown = saved.opened;
      controller.presetSaved(saved.draft, saved.opened);
    });
  },
  async copyAs(intent, form) {
    const invocation = await resolveInvocation(intent, form);
    if (invocation !== undefined) await form.dependencies.copyAs(invocation, form.controller.connection);
  },
  async importText({ text }, { controller, dependencies }) {
    const filled = await dependencies.importText(text);
    // The form intercepted the paste because it looked like a command, so report the failure.
    if (filled === undefined) throw new InvokeError(message('importNothing'));
    const { draft, connection } = filled;
    if (!controller.fillUnlessOccupied(draft, connection)) dependencies.openDraft(draft, connection);
  },
  selectConnection: (_, { connection }) => connection.change('profile'),
  selectRegion: (_, { connection }) => connection.change('region'),
  selectEndpoint: (_, { connection }) => connection.change('endpoint'),
  functionAction(intent, { controller, dependencies, reads }) {
    const { connection } = controller;
    return reads.read(intent.action, connection, (reading) =>
      dependencies.functionAction(intent, connection, {
        ...reading,
        useConnection(chosen) {
          if (isSameConnection(connection, controller.connection)) controller.useFormConnection(chosen);
        },
      }),
    );
  },
  showOutput: (_, { dependencies }) => dependencies.showOutput(),
  async chooseStreamFile(_, { controller }) {
    const sink = await askStreamFile(STREAM_FILE);
    if (sink !== undefined) controller.useStreamFile(sink);
  },
  forgetStreamFile: (_, { controller }) => controller.useStreamFile(undefined),
  async saveStream(_, { controller }) {
    const save = controller.streamSaver();
    const sink = save && (await askStreamFile(STREAM_FILE));
    const result = sink && (await save(sink));
    if (result === 'alreadySaving') notify('warning', message('saveRunning'));
    if (result === 'notBuffered') notify('warning', message('streamNotHeld', MAX_BUFFERED_BYTES));
    if (result === 'ended' && controller.ended !== undefined) {
      await exportResult(controller.ended, { part: 'response', to: 'file' });
    }
  },
  openFrame: ({ line }, { frames }) => frames.open(line),
  exportResult: ({ part, to }, { controller, dependencies: { wholeLog } }) =>
    controller.ended && exportResult(controller.ended, { part, to, wholeLog }),
};

/** Handles a message of a form, and shows errors in notifications. */
export function handleIntent<K extends ToHost['type']>(intent: Intent<K>, form: OpenForm): void {
  const handle: (typeof INTENTS)[K] = INTENTS[intent.type];
  reportErrors((async () => handle(intent, form))());
}
