import * as l10n from '@vscode/l10n';
import { byId, setLine } from '../dom.ts';

/** Shows the file the next streamed response is written to, or that there is none. */
export function showStreamFile(label: string | undefined): void {
  setLine(byId('stream-file-name'), label === undefined ? '' : l10n.t('The next response is saved to {0}.', label));
  byId('forget-stream-file').hidden = label === undefined;
}
