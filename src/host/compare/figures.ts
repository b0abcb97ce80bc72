import * as vscode from 'vscode';
import type { CompareOptions } from '../../core/compare/compareOptions.ts';
import { describeFunction } from '../../core/invocation/invocation.ts';
import { message } from '../../core/messages/messages.ts';
import { visibleLine } from '../../core/messages/visibleText.ts';
import { returnedStatus } from '../../core/outcome/httpStatus.ts';
import { formatGbSeconds, gbSeconds } from '../../core/outcome/gbSeconds.ts';
import { hasResponse, type Outcome } from '../../core/outcome/outcome.ts';
import { formatBytes, formatMs } from '../../core/outcome/summary.ts';
import { verdictOf } from '../../core/outcome/verdict.ts';
import { sentence } from '../ui/localize.ts';
import { verdictText } from '../ui/verdictText.ts';
import type { PartMatch } from './comparedParts.ts';
import { describePlaces, type ComparedSide } from './comparedSide.ts';

interface Figure {
  readonly label: string;
  readonly value: string | undefined;
  /** Differs between any two invocations. */
  readonly isTimeOrId?: true;
}

const MISSING = '–';

const ms = (value: number | undefined) => (value === undefined ? undefined : `${value} ms`);
const optional = (value: number | undefined) => (value === undefined ? undefined : String(value));

function matchText(match: PartMatch): string {
  switch (match) {
    case 'none':
      return vscode.l10n.t('None');
    case 'identical':
      return vscode.l10n.t('Identical');
    case 'sameAsShown':
      return vscode.l10n.t('Identical as shown');
    case 'different':
      return vscode.l10n.t('Different');
    case 'unknown':
      return vscode.l10n.t("Can't be compared");
  }
}

/** The message of an error, in one line. */
function errorOf(outcome: Outcome): string | undefined {
  if (outcome.state === 'functionError') {
    const { type, message: text } = outcome.functionError;
    return [type ?? outcome.FunctionError, text].filter((part) => part !== undefined).join(': ');
  }
  return outcome.state === 'failed' || outcome.state === 'cancelled' ? sentence(outcome.reason) : undefined;
}

function memory(outcome: Outcome): string | undefined {
  const { maxMemoryUsedMB: used, memorySizeMB: size } = (hasResponse(outcome) ? outcome.report : undefined) ?? {};
  if (used !== undefined && size !== undefined) return vscode.l10n.t('{0} of {1} MB', used, size);
  const known = used ?? size;
  return known === undefined ? undefined : vscode.l10n.t('{0} MB', known);
}

/** The notes of an outcome, and whether its response is complete. */
function notesOf({ notes, stream }: Outcome): string | undefined {
  const isPart = stream !== undefined && stream.bufferedBytes < stream.bytes;
  const part = isPart ? [message('streamPartHeld', stream.bufferedBytes, stream.bytes)] : [];
  return [...notes, ...part].map(sentence).join(' ') || undefined;
}

/** Whether an invocation succeeded, and its error. */
function verdictFigures({ ended: { result } }: ComparedSide): Figure[] {
  const verdict = verdictOf(result.outcome, returnedStatus(result));
  return [
    { label: vscode.l10n.t('Result'), value: verdictText(verdict) },
    { label: vscode.l10n.t('Error'), value: errorOf(result.outcome) },
  ];
}

/** The other figures. Missing ones have no value, so that both sides have the same rows. */
function figuresOf(side: ComparedSide, place: string, time: (at: number) => string): Figure[] {
  const { at, ended } = side;
  const { order, result } = ended;
  const { outcome, sent } = result;
  const { invocation, preset } = order;
  const response = hasResponse(outcome) ? outcome : undefined;
  const { report, logTail } = response ?? {};
  const gb = gbSeconds(outcome);
  return [
    { label: vscode.l10n.t('Status code'), value: optional(response?.StatusCode) },
    { label: vscode.l10n.t('Duration'), value: ms(report?.durationMs) },
    { label: vscode.l10n.t('Billed duration'), value: ms(report?.billedDurationMs) },
    { label: vscode.l10n.t('Init (cold start)'), value: ms(report?.initDurationMs) },
    { label: vscode.l10n.t('Restore (SnapStart)'), value: ms(report?.restoreDurationMs) },
    { label: vscode.l10n.t('GB-seconds'), value: gb && formatGbSeconds(gb) },
    { label: vscode.l10n.t('Total time'), value: formatMs(outcome.clientMs) },
    {
      label: vscode.l10n.t('Time to first byte'),
      value: outcome.stream?.firstByteMs === undefined ? undefined : formatMs(outcome.stream.firstByteMs),
    },
    { label: vscode.l10n.t('Memory'), value: memory(outcome) },
    {
      label: vscode.l10n.t('Response size'),
      value: response === undefined ? undefined : formatBytes(response.responseBytes),
    },
    { label: vscode.l10n.t('Attempts'), value: optional(outcome.attempts) },
    { label: vscode.l10n.t('Function'), value: describeFunction(invocation) },
    { label: vscode.l10n.t('Executed version'), value: response?.ExecutedVersion },
    { label: vscode.l10n.t('Connection'), value: place },
    { label: vscode.l10n.t('Preset'), value: preset?.name },
    { label: vscode.l10n.t('Payload size'), value: sent === undefined ? undefined : formatBytes(sent.byteLength) },
    {
      label: vscode.l10n.t('Log tail'),
      value: logTail?.isTruncated === true ? vscode.l10n.t('Truncated by Lambda to 4 KB') : undefined,
    },
    { label: vscode.l10n.t('Notes'), value: notesOf(outcome) },
    { label: vscode.l10n.t('Ended'), value: at === undefined ? undefined : time(at), isTimeOrId: true },
    { label: vscode.l10n.t('Request ID'), value: outcome.requestId, isTimeOrId: true },
    { label: vscode.l10n.t('Trace ID'), value: outcome.traceId, isTimeOrId: true },
  ];
}

interface FigureContext {
  readonly options: CompareOptions;
  readonly matches: Readonly<Record<'response' | 'log' | 'request', PartMatch>>;
  readonly time: (at: number) => string;
}

/**
 * The figures of both sides, line by line: first the results, and whether the other parts are identical. The first line
 * always differs. Otherwise, VS Code could hide the lines below it, because it hides unchanged lines.
 */
export function figureTexts(
  sides: readonly [ComparedSide, ComparedSide],
  { options, matches, time }: FigureContext,
): [string, string] {
  const summary = [
    { label: vscode.l10n.t('Response'), value: matchText(matches.response) },
    { label: vscode.l10n.t('Log'), value: matchText(matches.log) },
    { label: vscode.l10n.t('Request'), value: matchText(matches.request) },
    { label: vscode.l10n.t('Ignored paths'), value: options.ignoredPaths.join(', ') || undefined },
  ].filter(({ value }) => value !== undefined);
  const places = describePlaces(...sides);
  const pairsOf = (read: (side: ComparedSide, place: string) => Figure[]) => {
    const right = read(sides[1], places[1]);
    return read(sides[0], places[0]).flatMap(({ label, value: one, isTimeOrId = false }, at) => {
      const other = right[at]?.value;
      const isKnown = one !== undefined || other !== undefined;
      return isKnown && !(isTimeOrId && options.hidesTimes) ? [{ label, values: [one, other] as const }] : [];
    });
  };
  const verdicts = pairsOf(verdictFigures);
  const figures = pairsOf((side, place) => figuresOf(side, place, time));
  const width = Math.max(...[...verdicts, ...summary, ...figures].map(({ label }) => label.length)) + 2;
  const line = (label: string, value = MISSING) => `${`${label}:`.padEnd(width)}${visibleLine(value)}`;
  const textOf = (at: 0 | 1, name: string) =>
    [
      line(name, [describeFunction(sides[at].ended.order.invocation), places[at]].join(' · ')),
      ...verdicts.map(({ label, values }) => line(label, values[at])),
      ...summary.map(({ label, value }) => line(label, value)),
      '',
      ...figures.map(({ label, values }) => line(label, values[at])),
      '',
    ].join('\n');
  return [textOf(0, vscode.l10n.t('Left')), textOf(1, vscode.l10n.t('Right'))];
}
