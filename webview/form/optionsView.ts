import * as l10n from '@vscode/l10n';
import {
  CONDITIONAL_FIELDS,
  whyNotApplicable,
  type ConditionalField,
} from '../../src/core/invocation/applicableFields.ts';
import type { FunctionFacts } from '../../src/core/functions/functionFacts.ts';
import type { Draft } from '../../src/core/invocation/draft.ts';
import { byId, setLine, setText } from '../dom.ts';

const details = () => byId<HTMLDetailsElement>('options');

function labelOf(field: ConditionalField): string {
  switch (field) {
    case 'LogType':
      return l10n.t('Log');
    case 'ClientContext':
      return l10n.t('Client context');
    case 'DurableExecutionName':
      return l10n.t('Durable execution name');
    case 'InvokeMode':
      return l10n.t('Response mode');
  }
}

function typeLabel({ InvocationType }: Draft): string {
  switch (InvocationType) {
    case 'RequestResponse':
      return l10n.t('Synchronous');
    case 'Event':
      return l10n.t('Asynchronous');
    case 'DryRun':
      return l10n.t('Dry run');
  }
}

/** What the folded options are set to: `Synchronous · Log tail · Buffered · tenant acme`. */
function summary(draft: Draft, excluded: readonly ConditionalField[]): string {
  const applies = (field: ConditionalField) => !excluded.includes(field);
  const { LogType, InvokeMode, TenantId, DurableExecutionName, ClientContext } = draft;
  const parts = [typeLabel(draft)];
  if (applies('LogType')) parts.push(LogType === 'Tail' ? l10n.t('Log tail') : l10n.t('No log'));
  if (applies('InvokeMode')) parts.push(InvokeMode === 'BUFFERED' ? l10n.t('Buffered') : l10n.t('Streaming'));
  if (TenantId !== '') parts.push(l10n.t('tenant {0}', TenantId));
  if (DurableExecutionName.trim() !== '' && applies('DurableExecutionName')) {
    parts.push(l10n.t('execution {0}', DurableExecutionName.trim()));
  }
  if (ClientContext.trim() !== '' && applies('ClientContext')) parts.push(l10n.t('client context'));
  return parts.join(' · ');
}

/** One line about the fields that aren't sent. Their values stay in the draft. */
function notSent(draft: Draft, fields: readonly ConditionalField[]): string {
  if (fields.length === 0) return '';
  const names = new Intl.ListFormat(document.documentElement.lang, { type: 'unit' }).format(fields.map(labelOf));
  return draft.InvocationType === 'RequestResponse'
    ? l10n.t('Not sent with a streaming response: {0}', names)
    : l10n.t('Not sent with {0}: {1}', draft.InvocationType, names);
}

/**
 * Shows the options that apply to the invocation type, the summary of all, and which ones aren't sent. Functions on managed
 * instances don't return a log tail.
 */
export function showOptions(draft: Draft, { isManaged }: { readonly isManaged: boolean }): void {
  const inapplicable = CONDITIONAL_FIELDS.filter((field) => whyNotApplicable(field, draft) !== undefined);
  const lacksTail = isManaged && !inapplicable.includes('LogType');
  const excluded = lacksTail ? [...inapplicable, 'LogType' as const] : inapplicable;
  for (const field of CONDITIONAL_FIELDS) {
    const place = document.querySelector<HTMLElement>(`[data-field="${field}"]`);
    if (place !== null) place.hidden = excluded.includes(field);
  }
  setLine(byId('options-summary'), summary(draft, excluded));
  // Few functions are durable, so an empty name isn't worth a note.
  const isMissed = (field: ConditionalField) => field !== 'DurableExecutionName' || draft.DurableExecutionName !== '';
  const noTail = lacksTail ? l10n.t("Functions on managed instances don't return a log tail.") : '';
  const notes = [notSent(draft, inapplicable.filter(isMissed)), noTail];
  setText(byId('options-note'), notes.filter((note) => note !== '').join(' · '));
  byId('stream-file-line').hidden =
    draft.InvokeMode !== 'RESPONSE_STREAM' || draft.InvocationType !== 'RequestResponse';
}

let hadProblem = false;

/** Opens the options when one of them gets a problem. They can be closed again. */
export function openForProblems(fields: readonly string[]): void {
  const hasProblem = fields.some((field) => details().querySelector(`[data-problem="${field}"]`) !== null);
  if (hasProblem && !hadProblem) details().open = true;
  hadProblem = hasProblem;
}

/** Suggests streaming if the function's URL uses it. */
export function showStreamHint(facts: FunctionFacts | undefined, { InvokeMode, InvocationType }: Draft): void {
  const streams = facts?.UrlInvokeMode === 'RESPONSE_STREAM';
  const hint = byId('stream-hint');
  hint.hidden = !streams || InvokeMode === 'RESPONSE_STREAM' || InvocationType !== 'RequestResponse';
  setText(
    hint,
    hint.hidden
      ? ''
      : l10n.t(
          "This function's URL uses response streaming. Set Response mode to Streaming to see the response as it arrives.",
        ),
  );
}
