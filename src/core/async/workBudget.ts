/** What ran out while a foreign file was read. */
export type WorkLimit = 'steps' | 'depth' | 'output' | 'time';

/** Limits for reading one file: steps taken, levels of nesting, and characters or entries of what its values expand to. */
export interface WorkLimits {
  readonly steps: number;
  readonly depth: number;
  readonly output: number;
}

/** The last guard, behind the limits that are the same on every machine. In milliseconds. */
export interface WorkDeadline {
  readonly now: () => number;
  readonly at: number;
}

/** Thrown where a file needs more work than its budget allows. */
export class WorkBudgetExceeded extends Error {
  readonly limit: WorkLimit;

  constructor(limit: WorkLimit) {
    super(`Too much work: ${limit}`);
    this.limit = limit;
  }
}

/** Counts the work on one file. Every method throws WorkBudgetExceeded at the limit. */
export interface WorkBudget {
  readonly step: (count?: number) => void;
  /** Counts characters or entries that are about to be made. */
  readonly grow: (size: number) => void;
  /** Runs work one level deeper, so that a recursion ends before the stack does. */
  readonly deeper: <T>(work: () => T) => T;
  /** Checks a depth that something else counts. */
  readonly checkDepth: (depth: number) => void;
}

/** The clock is looked at once for so many steps. */
const STEPS_PER_LOOK = 1024;

/** A budget for one file; without a deadline only its counters limit it. */
export function createWorkBudget(limits: WorkLimits, deadline?: WorkDeadline): WorkBudget {
  let steps = 0;
  let nextLook = 0;
  let depth = 0;
  let output = 0;

  function step(count = 1): void {
    steps += count;
    if (steps > limits.steps) throw new WorkBudgetExceeded('steps');
    if (deadline === undefined || steps < nextLook) return;
    nextLook = steps + STEPS_PER_LOOK;
    if (deadline.now() > deadline.at) throw new WorkBudgetExceeded('time');
  }

  function checkDepth(reached: number): void {
    if (reached > limits.depth) throw new WorkBudgetExceeded('depth');
  }

  return {
    step,
    checkDepth,
    grow(size) {
      output += size;
      if (output > limits.output) throw new WorkBudgetExceeded('output');
    },
    deeper(work) {
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
