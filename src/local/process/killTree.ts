import { spawn } from 'node:child_process';
import { killMarked } from './killMarked.ts';
import { killProcesses } from './killProcesses.ts';

/** A handler's process, and the environment text that identifies its descendants. */
export interface ProcessTree {
  readonly pid: number;
  readonly envMarker: string;
}

/**
 * Kills handler processes and everything they have started. On Linux and macOS: their process groups and descendants.
 * On Linux also orphans, found by their environment in the background, milliseconds after this function has returned.
 * On Windows: the process tree.
 */
export function killTrees(trees: readonly ProcessTree[]): void {
  const pids = trees.map(({ pid }) => pid);
  if (process.platform === 'win32') {
    for (const pid of pids) {
      spawn('taskkill', ['/PID', String(pid), '/T', '/F'], { stdio: 'ignore' }).on('error', () => undefined);
    }
    return;
  }
  killProcesses(pids.map((pid) => -pid));
  if (process.platform === 'linux') killMarked(trees.map(({ envMarker }) => envMarker));
}
