import { describeConnection } from '../../src/core/connection/connection.ts';
import { hasResponse, type Outcome } from '../../src/core/outcome/outcome.ts';
import { shortArn } from '../../src/core/functions/shortArn.ts';
import { formatBytes, formatMs } from '../../src/core/outcome/summary.ts';
import { create, setTitle } from '../dom.ts';
import { t } from '../localize.ts';

type Fact = readonly [label: string, value: string | undefined, term?: string];

const ms = (value: number | undefined) => (value === undefined ? undefined : `${value} ms`);
const mb = (value: number | undefined) => (value === undefined ? undefined : `${value} MB`);

function facts(outcome: Outcome): Fact[] {
  const { attempts, stream, requestId, traceId } = outcome;
  const common: Fact[] = [
    [t('Time on the client'), formatMs(outcome.clientMs)],
    // What was not sent has none.
    [t('Attempts'), attempts === undefined && !hasResponse(outcome) ? undefined : String(attempts ?? 1)],
    [t('First byte'), stream?.firstByteMs === undefined ? undefined : formatMs(stream.firstByteMs)],
    [t('Chunks'), stream === undefined ? undefined : String(stream.chunks)],
    [t('Written to'), stream?.savedTo],
  ];
  const ids: Fact[] = [
    [t('Request ID'), requestId, 'x-amzn-RequestId'],
    [t('Trace ID'), traceId, 'X-Amzn-Trace-Id'],
  ];
  if (!hasResponse(outcome)) return [...common, ...ids];
  const { report } = outcome;
  return [
    ...common,
    [t('Duration'), ms(report?.durationMs), 'REPORT Duration'],
    [t('Billed'), ms(report?.billedDurationMs), 'REPORT Billed Duration'],
    [t('Init'), ms(report?.initDurationMs), 'REPORT Init Duration'],
    [t('Restore'), ms(report?.restoreDurationMs), 'REPORT Restore Duration'],
    [t('Memory used'), mb(report?.maxMemoryUsedMB), 'REPORT Max Memory Used'],
    [t('Memory size'), mb(report?.memorySizeMB), 'REPORT Memory Size'],
    [t('Response'), formatBytes(outcome.responseBytes)],
    [t('Executed version'), outcome.ExecutedVersion, 'ExecutedVersion'],
    [t('Connection'), describeConnection(outcome.connection)],
    [t('X-Ray trace'), report?.xrayTraceId, 'XRAY TraceId'],
    ...ids,
    [t('Durable execution'), outcome.DurableExecutionArn, 'DurableExecutionArn'],
  ];
}

/** The fields of an outcome as a list of terms; what an answer does not have is not there. */
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
