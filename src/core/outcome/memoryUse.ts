import type { Report } from './report.ts';

/** In MB. `isHigh` above 90% of the memory size. */
export interface MemoryUse {
  readonly used: number;
  readonly size: number;
  readonly isHigh: boolean;
}

const HIGH = 0.9;

/** How much of its memory a function used, if the report has both figures. */
export function memoryUse({ maxMemoryUsedMB: used, memorySizeMB: size }: Report = {}): MemoryUse | undefined {
  return used === undefined || size === undefined ? undefined : { used, size, isHigh: used > size * HIGH };
}
