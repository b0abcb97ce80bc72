/** The next lines of a local function that is followed. */
export interface LiveLogPart {
  /** Lines of one invocation each. */
  readonly texts: readonly string[];
  /** Lines before them were dropped, because they were written faster than they were read. */
  readonly hasDropped?: true;
}
