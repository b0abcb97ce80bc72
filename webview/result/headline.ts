import * as l10n from '@vscode/l10n';
import { memoryUse } from '../../src/core/outcome/memoryUse.ts';
import { hasResponse, type Outcome } from '../../src/core/outcome/outcome.ts';
import { shownDuration } from '../../src/core/outcome/shownDuration.ts';
import { formatBytes, formatMs } from '../../src/core/outcome/summary.ts';
import type { Verdict, VerdictLevel } from '../../src/core/outcome/verdict.ts';
import { create, setTitle } from '../dom.ts';
import { icon, type IconName } from '../icons.ts';
import { verdictText } from './verdictText.ts';

const ICONS: Readonly<Record<VerdictLevel, IconName>> = {
  success: 'success',
  warning: 'warning',
  error: 'error',
  neutral: 'canceled',
};

/** The status that Lambda returned, with `Unhandled` or `Handled` for a function error. */
export function lambdaStatus(outcome: Outcome): string | undefined {
  if (!hasResponse(outcome)) {
    const status = outcome.state === 'failed' ? outcome.exception?.StatusCode : undefined;
    return status === undefined ? undefined : l10n.t('Lambda {0}', status);
  }
  const { StatusCode, FunctionError } = outcome;
  return l10n.t('Lambda {0}', FunctionError === undefined ? StatusCode : `${StatusCode} ${FunctionError}`);
}

function figure(text: string, title: string, className = ''): HTMLElement {
  const element = create('span', className === '' ? 'figure' : `figure ${className}`, text);
  setTitle(element, title);
  return element;
}

function* figures(outcome: Outcome, verdict: Verdict): Generator<HTMLElement> {
  const duration = shownDuration(outcome, verdict);
  const total = formatMs(outcome.clientMs);
  const isOfFunction = hasResponse(outcome) && outcome.report?.durationMs !== undefined;
  if (duration !== undefined)
    yield figure(
      duration,
      isOfFunction ? l10n.t('Duration of the function. Total time: {0}', total) : l10n.t('Total time: {0}', total),
    );
  if (hasResponse(outcome)) {
    const { report, responseBytes } = outcome;
    const { initDurationMs, restoreDurationMs } = report ?? {};
    const memory = memoryUse(report);
    if (memory !== undefined) {
      const text = l10n.t('{0} of {1} MB', memory.used, memory.size);
      if (memory.isHigh) {
        const element = figure('', l10n.t('The function used more than 90% of its memory.'), 'high');
        element.append(icon('warning'), text);
        yield element;
      } else yield figure(text, l10n.t('Memory used and memory size'));
    }
    if (initDurationMs !== undefined)
      yield figure(l10n.t('cold start {0}', formatMs(initDurationMs)), l10n.t('Init (cold start)'), 'cold');
    if (restoreDurationMs !== undefined)
      yield figure(l10n.t('restore {0}', formatMs(restoreDurationMs)), l10n.t('Restore (SnapStart)'), 'cold');
    if (outcome.state === 'succeeded' || outcome.state === 'functionError')
      yield figure(formatBytes(responseBytes), l10n.t('Response size'));
  }
  const status = lambdaStatus(outcome);
  if (status !== undefined) yield figure(status, 'StatusCode');
}

/** The name of the payload file that was sent. */
function fileFigure(payloadFile: string): HTMLElement {
  const name = payloadFile.split(/[\\/]/).at(-1) ?? payloadFile;
  return figure(name, l10n.t('Payload file: {0}', payloadFile), 'file');
}

/** The first line of a result: the verdict, its most important figures, and the payload file. */
export function headlineView(outcome: Outcome, verdict: Verdict, payloadFile?: string): HTMLElement {
  const { level } = verdict;
  const text = create('strong', '', verdictText(verdict));
  const isUnsent = outcome.state === 'cancelled' && outcome.nothingSent === true;
  const file = payloadFile === undefined || isUnsent ? [] : [fileFigure(payloadFile)];
  return create('div', `headline ${level}`, icon(ICONS[level]), text, ...figures(outcome, verdict), ...file);
}
