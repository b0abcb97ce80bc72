/** The progress of reading the whole log of a request. */
export interface LogProgress {
  /** `searching`: there is no event yet. `waiting`: for the report. `reading`: the events until the report. */
  readonly phase: 'searching' | 'waiting' | 'reading';
  /** The number of events so far. */
  readonly events: number;
}
