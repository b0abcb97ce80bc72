import * as l10n from '@vscode/l10n';
import { describeConnection } from '../../src/core/connection/connection.ts';
import { shortArn } from '../../src/core/functions/shortArn.ts';
import { formatGbSeconds, gbSeconds, lambdaPricesUrl } from '../../src/core/outcome/gbSeconds.ts';
import { hasResponse, type Outcome } from '../../src/core/outcome/outcome.ts';
import type { Report } from '../../src/core/outcome/report.ts';
import { formatBytes, formatMs } from '../../src/core/outcome/summary.ts';
import { sampledTrace } from '../../src/core/outcome/xrayTrace.ts';
import { create, setTitle } from '../dom.ts';
import { sentence } from '../localize.ts';
import { post } from '../vscodeApi.ts';
import { iconButton } from './buttons.ts';

interface Fact {
  readonly label: string;
  readonly value: string | undefined;
  /** Lambda's own name for it. */
  readonly term?: string;
  readonly canCopy?: boolean;
  readonly hasStatistics?: boolean;
  /** Opens what the value names. */
  readonly open?: { readonly label: string; readonly type: 'openTrace' };
}

const ms = (value: number | undefined) => (value === undefined ? undefined : `${value} ms`);

/** `43 of 128 MB`, or only the known value. */
function memory({ maxMemoryUsedMB: used, memorySizeMB: size }: Report = {}): string | undefined {
  if (used !== undefined && size !== undefined) return l10n.t('{0} of {1} MB', used, size);
  const known = used ?? size;
  return known === undefined ? undefined : l10n.t('{0} MB', known);
}

function timing(outcome: Outcome): Fact[] {
  const { stream } = outcome;
  const report = hasResponse(outcome) ? outcome.report : undefined;
  const gb = gbSeconds(outcome);
  return [
    { label: l10n.t('Duration'), value: ms(report?.durationMs), term: 'REPORT Duration', hasStatistics: true },
    { label: l10n.t('Billed duration'), value: ms(report?.billedDurationMs), term: 'REPORT Billed Duration' },
    { label: l10n.t('Init (cold start)'), value: ms(report?.initDurationMs), term: 'REPORT Init Duration' },
    { label: l10n.t('Restore (SnapStart)'), value: ms(report?.restoreDurationMs), term: 'REPORT Restore Duration' },
    {
      label: l10n.t('Billed restore duration'),
      value: ms(report?.billedRestoreDurationMs),
      term: 'REPORT Billed Restore Duration',
    },
    {
      label: l10n.t('GB-seconds'),
      value: gb === undefined ? undefined : formatGbSeconds(gb),
      term: 'REPORT Billed Duration × Memory Size',
    },
    { label: l10n.t('Total time'), value: formatMs(outcome.clientMs) },
    {
      label: l10n.t('Time to first byte'),
      value: stream?.firstByteMs === undefined ? undefined : formatMs(stream.firstByteMs),
    },
    { label: l10n.t('Chunks'), value: stream === undefined ? undefined : String(stream.chunks) },
  ];
}

function answer(outcome: Outcome): Fact[] {
  const saved = { label: l10n.t('Saved to'), value: outcome.stream?.savedTo };
  // Nothing was sent if there is neither a number of attempts nor a response.
  const attempts = outcome.attempts ?? (hasResponse(outcome) ? 1 : undefined);
  const attemptsFact = { label: l10n.t('Attempts'), value: attempts === undefined ? undefined : String(attempts) };
  if (!hasResponse(outcome)) {
    const exception = outcome.state === 'failed' ? outcome.exception : undefined;
    const status = exception?.StatusCode;
    return [
      { label: l10n.t('Status code'), value: status === undefined ? undefined : String(status), term: 'StatusCode' },
      { label: l10n.t('Exception'), value: exception?.name },
      attemptsFact,
      saved,
    ];
  }
  const { report } = outcome;
  return [
    { label: l10n.t('Status code'), value: String(outcome.StatusCode), term: 'StatusCode' },
    { label: l10n.t('Function error'), value: outcome.FunctionError, term: 'FunctionError' },
    { label: l10n.t('Status'), value: report?.status, term: 'REPORT Status' },
    { label: l10n.t('Error type'), value: report?.errorType, term: 'REPORT Error Type' },
    { label: l10n.t('Response size'), value: formatBytes(outcome.responseBytes) },
    { label: l10n.t('Memory'), value: memory(report), term: 'REPORT Max Memory Used, Memory Size' },
    { label: l10n.t('Executed version'), value: outcome.ExecutedVersion, term: 'ExecutedVersion' },
    attemptsFact,
    saved,
  ];
}

function identity(outcome: Outcome): Fact[] {
  const { requestId, traceId } = outcome;
  const ids: Fact[] = [
    { label: l10n.t('Request ID'), value: requestId, term: 'x-amzn-RequestId', canCopy: true },
    { label: l10n.t('Trace ID'), value: traceId, term: 'X-Amzn-Trace-Id', canCopy: true },
  ];
  if (!hasResponse(outcome)) return ids;
  const trace = outcome.connection.kind === 'local' ? undefined : sampledTrace(outcome);
  return [
    { label: l10n.t('Connection'), value: describeConnection(outcome.connection) },
    ...ids,
    {
      label: l10n.t('X-Ray trace ID'),
      value: trace ?? outcome.report?.xrayTraceId,
      term: 'XRAY TraceId',
      canCopy: true,
      ...(trace !== undefined && { open: { label: l10n.t('Open Trace in Console'), type: 'openTrace' } as const }),
    },
    {
      label: l10n.t('Durable execution ARN'),
      value: outcome.DurableExecutionArn,
      term: 'DurableExecutionArn',
      canCopy: true,
    },
  ];
}

function factView({ label, value = '', term, canCopy = false, hasStatistics = false, open }: Fact): HTMLElement {
  const name = create('dt', '', label);
  if (term !== undefined) setTitle(name, term);
  const text = create('dd', '', shortArn(value));
  setTitle(text, value);
  if (canCopy) {
    text.append(iconButton('copy', l10n.t('Copy: {0}', label), () => void navigator.clipboard.writeText(value)));
  }
  if (hasStatistics) {
    text.append(iconButton('statistics', l10n.t('Show Statistics'), () => post({ type: 'showStatistics' })));
  }
  if (open !== undefined) text.append(iconButton('openEditor', open.label, () => post({ type: open.type })));
  return create('div', 'fact', name, text);
}

/** What the GB-seconds include, or why there are none, and where AWS has the prices. */
function gbSecondsNote(outcome: Outcome): HTMLElement[] {
  if (!hasResponse(outcome) || (outcome.isManaged !== true && gbSeconds(outcome) === undefined)) return [];
  const { connection, isManaged } = outcome;
  const link = create('a', '', l10n.t('AWS Lambda Pricing'));
  link.setAttribute('href', lambdaPricesUrl(connection.kind === 'aws' ? connection.region : undefined));
  const text =
    isManaged === true
      ? l10n.t('Managed instances are billed by EC2 instance, not by GB-seconds.')
      : l10n.t(
          "GB-seconds are the billed duration multiplied by the memory size. Requests, ephemeral storage, and provisioned concurrency aren't included.",
        );
  return [create('p', 'note billing', text, ' ', link)];
}

/** The details of a result in three lists, and its notes. Missing values are left out. */
export function detailsView(outcome: Outcome): HTMLElement[] {
  const lists = [timing(outcome), answer(outcome), identity(outcome)].flatMap((facts, at) => {
    const known = facts.filter(({ value }) => value !== undefined);
    return known.length === 0 ? [] : [create('dl', at === 2 ? 'facts wide' : 'facts', ...known.map(factView))];
  });
  const notes = outcome.notes.map((note) => create('li', '', sentence(note)));
  return [
    create('div', 'fact-lists', ...lists),
    ...gbSecondsNote(outcome),
    ...(notes.length === 0 ? [] : [create('h3', '', l10n.t('Notes')), create('ul', 'notes', ...notes)]),
  ];
}
