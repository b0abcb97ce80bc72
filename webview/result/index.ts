// The bundle of the result pane, which the page loads after its first paint. The page that follows logs uses its rows.
import { byId } from '../dom.ts';
import { addButtonIcons } from '../icons.ts';
import { ResultPane } from './resultPane.ts';

export type { ResultPane };
export type { SlicedWork } from '../log/slices.ts';
export { filterLevel, matchesFilter } from '../../src/core/logs/logFilter.ts';
export { parseLog } from '../../src/core/logs/parseLog.ts';
export { LogHead, logTool } from '../log/logHead.ts';
export { LogList } from '../log/logList.ts';
export { canExpand, logRow } from '../log/logRow.ts';
export { RowColumns } from '../log/rowColumns.ts';
export { runInSlices } from '../log/slices.ts';

export function createResultPane(): ResultPane {
  addButtonIcons(byId('result'));
  return new ResultPane();
}
