/** The results of a layer. Skipped tests are failures. */
export interface TestCounts {
  readonly passed: number;
  readonly failed: number;
}
