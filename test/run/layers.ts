import { check } from './check.ts';
import { endToEnd } from './endToEnd.ts';
import { integration } from './integration.ts';
import type { TestCounts } from './testCounts.ts';
import { unit } from './vitest.ts';

interface Layer {
  readonly run: () => Promise<TestCounts>;
  /** Whether it uses lambda-invoke.vsix. */
  readonly needsPackage: boolean;
}

export const LAYERS = {
  check: { run: check, needsPackage: true },
  unit: { run: unit, needsPackage: false },
  integration: { run: integration, needsPackage: false },
  e2e: { run: endToEnd, needsPackage: true },
} as const satisfies Readonly<Record<string, Layer>>;

export type LayerName = keyof typeof LAYERS;
