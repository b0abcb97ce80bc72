import * as l10n from '@vscode/l10n';
import type { StreamStats } from '../../src/core/outcome/outcome.ts';
import { formatBytes, formatMs } from '../../src/core/outcome/summary.ts';

/** `12 chunks, 3.4 kB, first byte after 120 ms`: the progress of a streaming response. */
export function streamText({ chunks, bytes, firstByteMs }: StreamStats): string {
  if (firstByteMs === undefined) return l10n.t('Waiting for first byte');
  const count = chunks === 1 ? l10n.t('1 chunk') : l10n.t('{0} chunks', chunks);
  return l10n.t('{0}, {1}, first byte after {2}', count, formatBytes(bytes), formatMs(firstByteMs));
}
