/** What a layer ran. A test that was skipped counts as failed: it proves nothing. */
export interface TestCounts {
  readonly passed: number;
  readonly failed: number;
}
