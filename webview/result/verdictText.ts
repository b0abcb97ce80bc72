import * as l10n from '@vscode/l10n';
import type { Verdict } from '../../src/core/outcome/verdict.ts';

/** A verdict in words. */
export function verdictText({ label, statusCode }: Verdict): string {
  switch (label) {
    case 'succeeded':
      return l10n.t('Succeeded');
    case 'returnedHttp':
      return l10n.t('Returned HTTP {0}', statusCode ?? '');
    case 'queued':
      return l10n.t('Queued');
    case 'permissionGranted':
      return l10n.t('Permission granted');
    case 'canceled':
      return l10n.t('Canceled');
    case 'stopped':
      return l10n.t('Stopped');
    case 'restricted':
      return l10n.t('Restricted Mode');
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
