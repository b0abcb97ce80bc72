import * as l10n from '@vscode/l10n';
import { describeConnection } from '../../src/core/connection/connection.ts';
import { hasResponse, type Outcome } from '../../src/core/outcome/outcome.ts';
import type { Report } from '../../src/core/outcome/report.ts';
import { shortArn } from '../../src/core/functions/shortArn.ts';
import { formatBytes, formatMs } from '../../src/core/outcome/summary.ts';
import { create, setTitle } from '../dom.ts';

type Fact = readonly [label: string, value: string | undefined, term?: string];

const ms = (value: number | undefined) => (value === undefined ? undefined : `${value} ms`);

/** `43 of 128 MB`, or only the known value. */
function memory({ maxMemoryUsedMB: used, memorySizeMB: size }: Report = {}): string | undefined {
  if (used !== undefined && size !== undefined) return l10n.t('{0} of {1} MB', used, size);
  const known = used ?? size;
  return known === undefined ? undefined : l10n.t('{0} MB', known);
}

function facts(outcome: Outcome): Fact[] {
  const { attempts, stream, requestId, traceId } = outcome;
  const common: Fact[] = [
    [l10n.t('Total time'), formatMs(outcome.clientMs)],
    // Nothing was sent.
    [l10n.t('Attempts'), attempts === undefined && !hasResponse(outcome) ? undefined : String(attempts ?? 1)],
    [l10n.t('Time to first byte'), stream?.firstByteMs === undefined ? undefined : formatMs(stream.firstByteMs)],
    [l10n.t('Chunks'), stream === undefined ? undefined : String(stream.chunks)],
    [l10n.t('Saved to'), stream?.savedTo],
  ];
  const ids: Fact[] = [
    [l10n.t('Request ID'), requestId, 'x-amzn-RequestId'],
    [l10n.t('Trace ID'), traceId, 'X-Amzn-Trace-Id'],
  ];
  if (!hasResponse(outcome)) return [...common, ...ids];
  const { report } = outcome;
  return [
    ...common,
    [l10n.t('Duration'), ms(report?.durationMs), 'REPORT Duration'],
    [l10n.t('Billed duration'), ms(report?.billedDurationMs), 'REPORT Billed Duration'],
    [l10n.t('Init (cold start)'), ms(report?.initDurationMs), 'REPORT Init Duration'],
    [l10n.t('Restore (SnapStart)'), ms(report?.restoreDurationMs), 'REPORT Restore Duration'],
    [l10n.t('Memory'), memory(report), 'REPORT Max Memory Used, Memory Size'],
    [l10n.t('Response size'), formatBytes(outcome.responseBytes)],
    [l10n.t('Executed version'), outcome.ExecutedVersion, 'ExecutedVersion'],
    [l10n.t('Connection'), describeConnection(outcome.connection)],
    [l10n.t('X-Ray trace ID'), report?.xrayTraceId, 'XRAY TraceId'],
    ...ids,
    [l10n.t('Durable execution ARN'), outcome.DurableExecutionArn, 'DurableExecutionArn'],
  ];
}

/** The details of a result as a list. Missing values are left out. */
export function factsView(outcome: Outcome): HTMLElement {
  const list = create('dl', 'facts');
  for (const [label, value, term] of facts(outcome)) {
    if (value === undefined) continue;
    const name = create('dt', '', label);
    if (term !== undefined) setTitle(name, term);
    const text = create('dd', '', shortArn(value));
    setTitle(text, value);
    list.append(create('div', shortArn(value).length > 28 ? 'fact long' : 'fact', name, text));
  }
  return list;
}
