import { readdirSync, readFileSync } from 'node:fs';

function read(path: string): string {
  try {
    return readFileSync(path, 'latin1');
  } catch {
    return ''; // gone, or not ours
  }
}

/**
 * The processes below these, nearest first. Linux alone tells. `ofMainThreads`: only those that main threads have
 * started, which is most of them at a tenth of the cost.
 */
export function descendants(roots: readonly number[], { ofMainThreads = false } = {}): number[] {
  if (process.platform !== 'linux') return [];
  const found: number[] = [];
  const open = roots.slice();
  for (let pid = open.shift(); pid !== undefined; pid = open.shift()) {
    for (const task of ofMainThreads ? [pid] : tasks(pid)) {
      const children = read(`/proc/${pid}/task/${task}/children`).split(' ').filter(Boolean).map(Number);
      open.push(...children);
      found.push(...children);
    }
  }
  return found;
}

function tasks(pid: number): string[] {
  try {
    return readdirSync(`/proc/${pid}/task`);
  } catch {
    return [];
  }
}

/** Processes that carry one of these texts in their environment: also those that nobody is the parent of any more. */
export function carriers(marks: readonly string[]): number[] {
  if (process.platform !== 'linux' || marks.length === 0) return [];
  const isCarrier = (pid: string) => {
    const environment = read(`/proc/${pid}/environ`);
    return marks.some((mark) => environment.includes(mark));
  };
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter(isCarrier)
    .map(Number);
}

/** A figure of a process in MB: its resident set now (VmRSS) or at its peak (VmHWM). Linux alone tells. */
export function memoryMB(pid: number, field: 'VmHWM' | 'VmRSS'): number | undefined {
  if (process.platform !== 'linux') return undefined;
  const figures = [...read(`/proc/${pid}/status`).matchAll(/^(VmHWM|VmRSS):\s+(\d+) kB$/gm)];
  const kilobytes = figures.find(([, name]) => name === field)?.[2];
  return kilobytes === undefined ? undefined : Math.round(Number(kilobytes) / 1024);
}
