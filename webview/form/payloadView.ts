import * as l10n from '@vscode/l10n';
import type { Draft } from '../../src/core/invocation/draft.ts';
import type { Message } from '../../src/core/messages/messages.ts';
import { payloadWarnings } from '../../src/core/invocation/payloadWarnings.ts';
import { formatBytes } from '../../src/core/outcome/summary.ts';
import { payloadSizeProblems, payloadTextProblems, type Problem } from '../../src/core/invocation/validate.ts';
import type { PayloadFileView, PayloadFileChoice } from '../../src/protocol/messages.ts';
import { byId, setLine, setTitle } from '../dom.ts';
import type { Dropdown } from '../toolkit.ts';

function warning(message: Message): Problem {
  return { field: 'Payload', message, isWarning: true };
}

/** The payload's problems that the form can detect. The host validates the file again when it sends it. */
export function payloadProblems(draft: Draft, file: PayloadFileView | undefined): Problem[] {
  if (draft.payloadKind === 'typed') {
    const { byteLength } = new TextEncoder().encode(draft.Payload);
    const errors = [...payloadSizeProblems(byteLength, draft.InvocationType), ...payloadTextProblems(draft.Payload)];
    return errors.length > 0 ? errors : payloadWarnings(draft.Payload).map(warning);
  }
  if (file === undefined || file.uri !== draft.payloadFile) return [];
  const problems = payloadSizeProblems(file.byteLength ?? 0, draft.InvocationType);
  if (file.problem !== undefined) return [...problems, { field: 'Payload', message: file.problem }];
  return [...problems, ...(file.warnings ?? []).map(warning)];
}

function fileState(file: PayloadFileView): string {
  if (file.byteLength === undefined) return '';
  if (file.problem !== undefined) return formatBytes(file.byteLength);
  return file.byteLength === 0
    ? l10n.t('Empty file · no payload')
    : l10n.t('{0} · valid JSON', formatBytes(file.byteLength));
}

/** Shows the payload: the selected file with its state, or the inline text. */
export function showPayload(draft: Draft, file: PayloadFileView | undefined): void {
  const isTyped = draft.payloadKind === 'typed';
  byId('payload-file').hidden = isTyped;
  byId('payload-typed').hidden = !isTyped;
  const hasFile = draft.payloadFile !== '';
  const known = file?.uri === draft.payloadFile ? file : undefined;
  const name = byId('file-name');
  setLine(name, hasFile ? (known?.label ?? draft.payloadFile) : l10n.t('No payload'));
  setTitle(name, hasFile ? draft.payloadFile : '');
  name.classList.toggle('empty', !hasFile);
  setLine(byId('file-state'), known === undefined ? '' : fileState(known));
  for (const id of ['open-payload', 'clear-payload']) byId(id).hidden = !hasFile;
  const { byteLength } = new TextEncoder().encode(draft.Payload);
  setLine(byId('typed-state'), byteLength === 0 ? l10n.t('No payload') : formatBytes(byteLength));
}

/** Fills the list of recent files, which is hidden if it's empty. */
export function showRecentFiles(files: readonly PayloadFileChoice[], onChoose: (uri: string) => void): void {
  const list = byId<Dropdown>('recent');
  list.hidden = files.length === 0;
  list.replaceChildren(
    ...[{ uri: '', label: l10n.t('Recent files') }, ...files].map(({ uri, label }) => {
      const option = document.createElement('vscode-option');
      option.setAttribute('value', uri);
      setLine(option, label);
      return option;
    }),
  );
  list.onchange = () => {
    if (list.value !== '') onChoose(list.value);
    list.value = '';
  };
}
