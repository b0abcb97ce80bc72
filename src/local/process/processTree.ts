import { readdirSync, readFileSync } from 'node:fs';

function readOrEmpty(path: string): string {
  try {
    return readFileSync(path, 'latin1');
  } catch {
    return ''; // exited, or no permission
  }
}

/**
 * The descendants of processes, nearest first; empty on systems other than Linux. `mainThreadsOnly`: only children
 * started by main threads, which are most of them at a tenth of the cost.
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

/** Processes whose environment contains one of the markers, including orphans. Linux only. */
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

/** The current (VmRSS) or peak (VmHWM) resident memory of a process in MB. Undefined on systems other than Linux. */
export function memoryMB(pid: number, field: 'VmHWM' | 'VmRSS'): number | undefined {
  if (process.platform !== 'linux') return undefined;
  const figures = [...readOrEmpty(`/proc/${pid}/status`).matchAll(/^(VmHWM|VmRSS):\s+(\d+) kB$/gm)];
  const kilobytes = figures.find(([, name]) => name === field)?.[2];
  return kilobytes === undefined ? undefined : Math.round(Number(kilobytes) / 1024);
}
