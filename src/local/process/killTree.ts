import { spawn } from 'node:child_process';
import { processesWithMarker, descendants } from './processTree.ts';

/** A handler's process, and the environment text that identifies its descendants. */
export interface ProcessTree {
  readonly pid: number;
  readonly envMarker: string;
}

/**
 * Kills handler processes and everything they have started. On Linux and macOS: their process groups; on Linux also
 * descendants that left the group, found by parent or by environment marker. On Windows: the process tree.
 */
export function killTrees(trees: readonly ProcessTree[]): void {
  const pids = trees.map(({ pid }) => pid);
  if (process.platform === 'win32') {
    for (const pid of pids) {
      spawn('taskkill', ['/PID', String(pid), '/T', '/F'], { stdio: 'ignore' }).on('error', () => undefined);
    }
    return;
  }
  const children = descendants(pids);
  const groups = pids.map((pid) => -pid);
  for (const each of [...groups, ...children, ...processesWithMarker(trees.map(({ envMarker }) => envMarker))]) {
    try {
      process.kill(each, 'SIGKILL');
    } catch {
      // Already exited.
    }
  }
}
