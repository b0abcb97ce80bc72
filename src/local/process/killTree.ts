import { spawn } from 'node:child_process';
import { processesWithMarker, descendants } from './processTree.ts';

/** A handler's process, and the text in its environment that tells what it has started. */
export interface ProcessTree {
  readonly pid: number;
  readonly envMarker: string;
}

/**
 * Ends handlers' processes and what they have started: their process groups, and on Linux also what has left them: all
 * below them, and everything that has inherited their mark. On Windows the tree of processes.
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
      // Gone already.
    }
  }
}
