import * as vscode from 'vscode';
import { MAX_BUFFERED_BYTES } from '../../app/responseStream.ts';
import { isSameConnection } from '../../core/connection/connection.ts';
import { toOrder } from '../../app/toOrder.ts';
import { message } from '../../core/messages/messages.ts';
import { InvokeError } from '../../core/outcome/invokeError.ts';
import type { ToHost } from '../../protocol/toHost.ts';
import { notify } from '../notify.ts';
import { reportErrors } from '../ui/reportErrors.ts';
import { invokeResolved, resolveInvocation } from './formVariables.ts';
import type { OpenForm } from './openForm.ts';

type Intent<K extends ToHost['type']> = Extract<ToHost, { type: K }>;

async function exportShown(
  exported: Pick<Intent<'exportResult'>, 'part' | 'to'>,
  { controller, dependencies }: OpenForm,
): Promise<void> {
  const { shown } = controller.invocations;
  if (shown !== undefined) await (await dependencies.resultExport()).run(shown, exported);
}

/** The handlers for messages of a form. Errors are shown in notifications. */
const INTENTS: { readonly [K in ToHost['type']]: (intent: Intent<K>, form: OpenForm) => unknown } = {
  async ready({ editorId }, { controller, payloadDocument, dependencies }) {
    controller.ready();
    payloadDocument.pageReady(editorId);
    const { unreadPreset } = controller;
    if (unreadPreset === undefined) return;
    const opened = await dependencies.findPreset(unreadPreset);
    if (opened !== undefined) controller.restorePreset(unreadPreset, opened);
  },
  painted(_, { connection, payload, suggestions }) {
    connection.show();
    payload.postFiles();
    suggestions.again();
  },
  invoke: invokeResolved,
  async invokeOnTwoTargets(intent, form) {
    const { controller, dependencies } = form;
    const { connection, openedPreset } = controller;
    const invocation = await resolveInvocation(intent, form);
    if (invocation === undefined) return;
    const order = toOrder({ invocation, isSentAnyway: false }, connection, openedPreset);
    await (await dependencies.compare()).invokeOnTwoTargets(order);
  },
  async compareResult({ other }, { controller: { invocations }, dependencies }) {
    const { shown, previous } = invocations;
    if (shown === undefined) return;
    const { invocationId } = shown.ended;
    const { open, openWithEntry } = await dependencies.compare();
    if (other === 'historyEntry') await openWithEntry(invocationId);
    else if (previous !== undefined) await open(previous.ended.invocationId, invocationId);
  },
  repeat: ({ invocationId }, { controller }) => controller.invocations.repeat(invocationId),
  showResult: ({ step }, { controller }) => controller.invocations.step(step),
  readSent: (_, { controller }) => controller.invocations.postSent(),
  readLog: (_, { log }) => log.read(),
  stopReadingLog: (_, { log }) => log.stop(),
  async openTrace(_, { controller, dependencies }) {
    const ended = controller.invocations.shown?.ended;
    if (ended !== undefined) await dependencies.openTrace(ended);
  },
  async resultAction({ action, invocationId }, { controller: { invocations }, dependencies }) {
    if (action === 'manageTrust') return vscode.commands.executeCommand('workbench.trust.manage');
    const ended = invocations.shown?.ended;
    if (ended === undefined) return undefined;
    const { outcome } = ended.result;
    const remedy = 'remedy' in outcome ? outcome.remedy : undefined;
    const isReady = await (remedy?.kind === 'signIn'
      ? dependencies.signIn(remedy.profile)
      : action === 'installSdk' && dependencies.installSdk(ended));
    // Another result might be shown now.
    const isShown = invocations.shown?.ended.invocationId === ended.invocationId;
    return isReady && isShown ? invocations.repeat(invocationId) : undefined;
  },
  payloadEdited: ({ text }, { payloadDocument }) => payloadDocument.edit(text),
  async chooseSample(_, { payloadDocument, dependencies, post }) {
    const text = await dependencies.chooseSample();
    if (text === undefined) return;
    payloadDocument.edit(text);
    post({ type: 'payloadTyped', text });
  },
  stopWaiting: (_, { controller }) => controller.invocations.stopWaiting(),
  draftChanged: (report, { controller }) => controller.changeDraft(report),
  payloadTyping: ({ change }, { controller }) => controller.typePayload(change),
  browsePayload: (_, { payload }) => payload.browse(),
  openPayload: ({ uri }) => vscode.window.showTextDocument(vscode.Uri.parse(uri), { preview: false }),
  editPayload: ({ text }, { payloadDocument }) => payloadDocument.open(text),
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
  async functionAction(intent, { controller, dependencies, reads, suggestions }) {
    const { connection } = controller;
    await reads.read(intent.action, connection, (reading) =>
      dependencies.functionAction(intent, connection, {
        ...reading,
        useConnection(chosen) {
          if (isSameConnection(connection, controller.connection)) controller.useFormConnection(chosen);
        },
      }),
    );
    if (intent.action === 'browse') suggestions.refresh();
  },
  async showStatistics(_, { controller, dependencies }) {
    const { shown } = controller.invocations;
    if (shown === undefined) return;
    const { invocation, connection } = shown.ended.order;
    (await dependencies.statistics()).open({ FunctionName: invocation.FunctionName, connection });
  },
  async followLog(_, { controller: { invocations }, dependencies }) {
    const order = invocations.shown?.ended.order;
    if (order !== undefined)
      (await dependencies.follow()).open([{ ...order.invocation, connection: order.connection }]);
  },
  async useLogJson({ text, isLocal }, { controller: { invocations }, dependencies }) {
    const order = invocations.shown?.ended.order;
    if (order === undefined) return;
    const { FunctionName, Qualifier } = order.invocation;
    const named = { FunctionName, ...(Qualifier !== undefined && { Qualifier }), connection: order.connection };
    await (await dependencies.follow()).useJson(text, named, isLocal);
  },
  showOutput: (_, { dependencies }) => dependencies.showOutput(),
  async chooseStreamFile(_, { controller, dependencies }) {
    const sink = await (await dependencies.resultExport()).askStreamFile();
    if (sink !== undefined) controller.invocations.useStreamFile(sink);
  },
  forgetStreamFile: (_, { controller }) => controller.invocations.useStreamFile(undefined),
  async saveStream(_, form) {
    const { controller, dependencies } = form;
    const save = controller.invocations.streamSaver();
    const sink = save && (await (await dependencies.resultExport()).askStreamFile());
    const result = sink && (await save(sink));
    if (result === 'alreadySaving') notify('warning', message('saveRunning'));
    if (result === 'notBuffered') notify('warning', message('streamNotHeld', MAX_BUFFERED_BYTES));
    if (result === 'ended') await exportShown({ part: 'response', to: 'file' }, form);
  },
  openFrame: ({ line }, { frames }) => frames.open(line),
  copyText: ({ text }) => vscode.env.clipboard.writeText(text),
  exportResult: exportShown,
};

/** Handles a message of a form, and shows errors in notifications. */
export function handleIntent<K extends ToHost['type']>(intent: Intent<K>, form: OpenForm): void {
  const handle: (typeof INTENTS)[K] = INTENTS[intent.type];
  reportErrors((async () => handle(intent, form))());
}
