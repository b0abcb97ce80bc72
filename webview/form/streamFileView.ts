import * as l10n from '@vscode/l10n';
import { byId, setLine } from '../dom.ts';

/** Shows the file that the next streamed response is saved to, if any. */
export function showStreamFile(label: string | undefined): void {
  setLine(byId('stream-file-name'), label === undefined ? '' : l10n.t('The next response is saved to {0}.', label));
  byId('clear-stream-file').hidden = label === undefined;
}
