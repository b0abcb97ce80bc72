import { create } from '../dom.ts';

/** How wide time, level and the mark of expandable rows are, in characters. */
const FIXED_COLUMNS = 22;

/** How many characters of a message fit into a row. A message that doesn't fit can be expanded. */
export class RowColumns {
  /** An element with the font of the rows, in the same parent. */
  readonly probe = create('span', 'log-probe');
  count = 80;

  /** `onChange` is called when the rows need to be created again. `otherColumns`: the width of further columns. */
  constructor(rows: HTMLElement, onChange: () => void, otherColumns: () => number = () => 0) {
    new ResizeObserver(() => {
      const character = this.probe.getBoundingClientRect().width / 10;
      if (character === 0) return;
      const fixed = FIXED_COLUMNS + otherColumns();
      const count = Math.max(10, Math.floor(rows.clientWidth / character) - fixed);
      if (count === this.count) return;
      this.count = count;
      onChange();
    }).observe(rows);
  }
}
