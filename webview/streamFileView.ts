import { byId } from './dom.ts';
import { t } from './localize.ts';

/** Shows the file the next streamed response is written to, or that there is none. */
export function showStreamFile(label: string | undefined): void {
  byId('stream-file-name').textContent = label === undefined ? '' : t('The next response goes to {0}.', label);
  byId('forget-stream-file').hidden = label === undefined;
}
