import { readdirSync, readFileSync } from 'node:fs';

function readOrEmpty(path: string): string {
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
export function descendants(roots: readonly number[], { mainThreadsOnly = false } = {}): number[] {
  if (process.platform !== 'linux') return [];
  const pids: number[] = [];
  const queue = roots.slice();
  for (let pid = queue.shift(); pid !== undefined; pid = queue.shift()) {
    for (const task of mainThreadsOnly ? [pid] : tasks(pid)) {
      const children = readOrEmpty(`/proc/${pid}/task/${task}/children`).split(' ').filter(Boolean).map(Number);
      queue.push(...children);
      pids.push(...children);
    }
  }
  return pids;
}

function tasks(pid: number): string[] {
  try {
    return readdirSync(`/proc/${pid}/task`);
  } catch {
    return [];
  }
}

/** Processes that carry one of these texts in their environment: also those that nobody is the parent of any more. */
export function processesWithMarker(markers: readonly string[]): number[] {
  if (process.platform !== 'linux' || markers.length === 0) return [];
  const hasMarker = (pid: string) => {
    const environment = readOrEmpty(`/proc/${pid}/environ`);
    return markers.some((marker) => environment.includes(marker));
  };
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter(hasMarker)
    .map(Number);
}

/** A figure of a process in MB: its resident set now (VmRSS) or at its peak (VmHWM). Linux alone tells. */
export function memoryMB(pid: number, field: 'VmHWM' | 'VmRSS'): number | undefined {
  if (process.platform !== 'linux') return undefined;
  const figures = [...readOrEmpty(`/proc/${pid}/status`).matchAll(/^(VmHWM|VmRSS):\s+(\d+) kB$/gm)];
  const kilobytes = figures.find(([, name]) => name === field)?.[2];
  return kilobytes === undefined ? undefined : Math.round(Number(kilobytes) / 1024);
}
