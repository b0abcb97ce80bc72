import * as vscode from 'vscode';
import { describeConnection } from '../../core/connection/connection.ts';
import { minutesSince, utcOfDay, type HistoryGroup } from '../../core/history/historyDays.ts';
import type { HistoryEntry } from '../../core/history/historyEntry.ts';
import { errorTypeOf } from '../../core/history/historyFilter.ts';
import { shownDuration } from '../../core/outcome/shownDuration.ts';
import { formatBytes, formatMs } from '../../core/outcome/summary.ts';
import { labelled } from '../invoking/payloadFiles.ts';
import { verdictText } from '../ui/verdictText.ts';

/** Formats times in the display language. Creating the formats takes longer than using them. */
export function createTimeTexts(locale = vscode.env.language) {
  const shown = new Intl.RelativeTimeFormat(locale, { style: 'narrow', numeric: 'auto' });
  const spoken = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });
  const time = new Intl.DateTimeFormat(locale, { timeStyle: 'short' });
  const dateAndTime = new Intl.DateTimeFormat(locale, {
    month: 'short',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
  });
  const exact = new Intl.DateTimeFormat(locale, { dateStyle: 'full', timeStyle: 'medium' });
  const day = new Intl.DateTimeFormat(locale, { weekday: 'long', month: 'short', day: 'numeric', timeZone: 'UTC' });
  const dayOfYear = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone: 'UTC' });
  const yearOf = (at: number) => new Date(at).getFullYear();

  return {
    exact: (at: number) => exact.format(at),
    /** `3m ago` within the last hour, then the time of day, with the date if no heading shows it. */
    age(at: number, now: number, { hasHeading = false, isSpoken = false } = {}): string {
      const minutes = minutesSince(at, now);
      if (minutes === undefined) return hasHeading ? time.format(at) : dateAndTime.format(at);
      const ages = isSpoken ? spoken : shown;
      return minutes === 0 ? ages.format(0, 'second') : ages.format(-minutes, 'minute');
    },
    heading({ kind, day: number = 0 }: HistoryGroup, now: number): string {
      switch (kind) {
        case 'pinned':
          return vscode.l10n.t('Pinned');
        case 'today':
          return vscode.l10n.t('Today');
        case 'yesterday':
          return vscode.l10n.t('Yesterday');
        case 'date': {
          const at = utcOfDay(number);
          return new Date(at).getUTCFullYear() === yearOf(now) ? day.format(at) : dayOfYear.format(at);
        }
      }
    },
  };
}

export type TimeTexts = ReturnType<typeof createTimeTexts>;

/** `Function error (TypeError)` */
export function resultText(entry: HistoryEntry): string {
  const errorType = errorTypeOf(entry);
  const verdict = verdictText(entry.verdict);
  return errorType === undefined ? verdict : `${verdict} (${errorType})`;
}

/** The payload file or the kind of the payload, and its size. */
function payloadText({ invocation: { payload }, sentBytes }: HistoryEntry): string {
  const size = sentBytes === undefined ? '' : ` · ${formatBytes(sentBytes)}`;
  switch (payload.kind) {
    case 'none':
      return vscode.l10n.t('No payload');
    case 'typed':
      return `${vscode.l10n.t('Inline payload')}${size}`;
    case 'file':
      return `${vscode.l10n.t('Payload file: {0}', labelled([payload.uri])[0]?.label ?? payload.uri)}${size}`;
  }
}

/** `Local`, `23 ms`: the connection, and the duration if the request was sent. */
export function describeEntry({ connection, outcome, verdict }: HistoryEntry): string[] {
  const duration = shownDuration(outcome, verdict);
  return [describeConnection(connection), ...(duration === undefined ? [] : [duration])];
}

/** The tooltip of an entry, line by line. */
export function tooltipOf(entry: HistoryEntry, label: string, times: TimeTexts): string[] {
  const { at, invocation, outcome, preset } = entry;
  // If the request was sent, with the region and the endpoint that were used.
  const connection = 'StatusCode' in outcome ? outcome.connection : entry.connection;
  const duration = shownDuration(outcome, entry.verdict);
  const total = formatMs(outcome.clientMs);
  return [
    label,
    [resultText(entry), ...(duration === undefined ? [] : [duration])].join(' · '),
    ...(duration === undefined || duration === total ? [] : [vscode.l10n.t('Total time: {0}', total)]),
    `${invocation.InvocationType} · ${describeConnection(connection)}`,
    ...(preset === undefined ? [] : [vscode.l10n.t('Preset: {0}', preset.name)]),
    payloadText(entry),
    ...(outcome.requestId === undefined ? [] : [vscode.l10n.t('Request ID: {0}', outcome.requestId)]),
    times.exact(at),
  ];
}
