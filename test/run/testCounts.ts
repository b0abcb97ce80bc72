/** What a layer ran. A test that was skipped counts as failed: it proves nothing. */
export interface Sums {
  readonly passed: number;
  readonly failed: number;
}
