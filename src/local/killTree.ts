import { spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';

/** Processes that carry this text in their environment: also those that have left their group. Linux alone tells. */
function marked(mark: string): number[] {
  if (process.platform !== 'linux') return [];
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => {
      try {
        return readFileSync(`/proc/${pid}/environ`, 'latin1').includes(mark);
      } catch {
        return false; // gone, or not ours
      }
    })
    .map(Number);
}

/**
 * Ends a handler's process and what it has started: its process group, and on Linux everything that has inherited the
 * address of its Runtime API (`mark`). On Windows the tree of processes.
 */
export function killTree(pid: number, mark: string): void {
  if (process.platform === 'win32') {
    spawn('taskkill', ['/PID', String(pid), '/T', '/F'], { stdio: 'ignore' }).on('error', () => undefined);
    return;
  }
  for (const each of [-pid, ...marked(mark)]) {
    try {
      process.kill(each, 'SIGKILL');
    } catch {
      // Gone already.
    }
  }
}
