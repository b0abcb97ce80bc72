/** The limit that was exceeded while reading an untrusted file. */
export type WorkLimit = 'steps' | 'depth' | 'output' | 'time';

/** Limits for reading one file: steps, nesting levels, and characters or entries after expansion. */
export interface WorkLimits {
  readonly steps: number;
  readonly depth: number;
  readonly output: number;
}

/** A fallback beyond the limits above, which are the same on every machine. In milliseconds. */
export interface WorkDeadline {
  readonly now: () => number;
  readonly at: number;
}

/** Thrown when a file needs more work than its budget allows. */
export class WorkBudgetExceeded extends Error {
  readonly limit: WorkLimit;

  constructor(limit: WorkLimit) {
    super(`Too much work: ${limit}`);
    this.limit = limit;
  }
}

/** Tracks the work on one file. Every method throws WorkBudgetExceeded at its limit. */
export interface WorkBudget {
  readonly step: (count?: number) => void;
  /** Call before producing this many characters or entries. */
  readonly addOutput: (size: number) => void;
  /** Runs `work` one level deeper, so that recursion hits the limit before the stack overflows. */
  readonly nest: <T>(work: () => T) => T;
  /** Checks a depth that the caller tracks. */
  readonly checkDepth: (depth: number) => void;
}

/** How many steps pass between two checks of the clock. */
const STEPS_PER_CLOCK_CHECK = 1024;

/** Creates a budget for one file. Without a deadline, only steps, depth and output are limited. */
export function createWorkBudget(limits: WorkLimits, deadline?: WorkDeadline): WorkBudget {
  let steps = 0;
  let nextClockCheck = 0;
  let depth = 0;
  let output = 0;

  function step(count = 1): void {
    steps += count;
    if (steps > limits.steps) throw new WorkBudgetExceeded('steps');
    if (deadline === undefined || steps < nextClockCheck) return;
    nextClockCheck = steps + STEPS_PER_CLOCK_CHECK;
    if (deadline.now() > deadline.at) throw new WorkBudgetExceeded('time');
  }

  function checkDepth(reached: number): void {
    if (reached > limits.depth) throw new WorkBudgetExceeded('depth');
  }

  return {
    step,
    checkDepth,
    addOutput(size) {
      output += size;
      if (output > limits.output) throw new WorkBudgetExceeded('output');
    },
    nest(work) {
      checkDepth(depth + 1);
      depth++;
      try {
        return work();
      } finally {
        depth--;
      }
    },
  };
}
