import * as l10n from '@vscode/l10n';
import type { FunctionErrorKind } from '../../src/core/outcome/diagnosis.ts';
import { failureKind, type FailureKind } from '../../src/core/outcome/failureKind.ts';
import type { Outcome } from '../../src/core/outcome/outcome.ts';

export interface Headline {
  readonly kind: 'success' | 'error' | 'neutral';
  readonly text: string;
  /** The status that Lambda returned. */
  readonly status: string;
}

function functionErrorText(kind: FunctionErrorKind): string {
  switch (kind) {
    case 'thrown':
      return l10n.t('Function error');
    case 'timeout':
      return l10n.t('Timed out');
    case 'outOfMemory':
      return l10n.t('Out of memory');
    case 'init':
      return l10n.t('Initialization failed');
    case 'exit':
      return l10n.t('Process exited before responding');
    case 'responseTooLarge':
      return l10n.t('Response too large');
  }
}

function failureText(kind: FailureKind): string {
  switch (kind) {
    case 'notSent':
      return l10n.t('Not invoked');
    case 'credentials':
      return l10n.t('Authentication failed');
    case 'refused':
      return l10n.t('Rejected by Lambda');
    case 'noConnection':
      return l10n.t('Connection failed');
    case 'lost':
      return l10n.t('Connection lost');
    case 'unclear':
      return l10n.t('No response');
  }
}

/** Returns the heading of a result. */
export function headline(outcome: Outcome): Headline {
  switch (outcome.state) {
    case 'succeeded':
      return { kind: 'success', text: l10n.t('Succeeded'), status: String(outcome.StatusCode) };
    case 'accepted':
      return { kind: 'success', text: l10n.t('Queued'), status: String(outcome.StatusCode) };
    case 'dryRun':
      return {
        kind: 'success',
        text: l10n.t('Permission granted'),
        status: String(outcome.StatusCode),
      };
    case 'functionError': {
      const status = `${outcome.StatusCode} ${outcome.FunctionError ?? ''}`;
      return { kind: 'error', text: functionErrorText(outcome.diagnosis.kind), status };
    }
    case 'failed': {
      const status = outcome.exception?.StatusCode;
      const text = failureText(failureKind(outcome.reason.code));
      return { kind: 'error', text, status: status === undefined ? '' : String(status) };
    }
    case 'cancelled':
      return { kind: 'neutral', text: l10n.t('Stopped'), status: '' };
  }
}
