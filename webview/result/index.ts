// The bundle of the result pane, which the page loads after its first paint.
import { byId } from '../dom.ts';
import { addButtonIcons } from '../icons.ts';
import { ResultPane } from './resultPane.ts';

export type { ResultPane };

export function createResultPane(): ResultPane {
  addButtonIcons(byId('result'));
  return new ResultPane();
}
