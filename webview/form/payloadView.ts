import * as l10n from '@vscode/l10n';
import type { Draft } from '../../src/core/invocation/draft.ts';
import { formatBytes } from '../../src/core/outcome/summary.ts';
import type { PayloadFileView } from '../../src/protocol/messages.ts';
import { byId, setLine, setTitle } from '../dom.ts';
import { inlineSize } from './payloadProblems.ts';

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
  const hasFile = draft.payloadFile !== '';
  byId('payload-file').hidden = isTyped;
  byId('payload-typed').hidden = !isTyped;
  byId('payload-tools').hidden = !isTyped;
  byId('file-tools').hidden = isTyped || !hasFile;
  byId('typed-state').hidden = !isTyped;
  if (isTyped) {
    const size = inlineSize(draft);
    return setLine(byId('typed-state'), size === 0 ? l10n.t('No payload') : formatBytes(size));
  }
  const known = file?.uri === draft.payloadFile ? file : undefined;
  const name = byId('file-name');
  setLine(name, hasFile ? (known?.label ?? draft.payloadFile) : l10n.t('No payload'));
  setTitle(name, hasFile ? draft.payloadFile : '');
  name.classList.toggle('empty', !hasFile);
  setLine(byId('file-state'), known === undefined ? '' : fileState(known));
}
