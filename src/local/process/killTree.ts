import { spawn } from 'node:child_process';
import { carriers, descendants } from './processTree.ts';

/** A handler's process, and the text in its environment that tells what it has started. */
export interface Tree {
  readonly pid: number;
  readonly mark: string;
}

/**
 * Ends handlers' processes and what they have started: their process groups, and on Linux also what has left them: all
 * below them, and everything that has inherited their mark. On Windows the tree of processes.
 */
export function killTrees(trees: readonly Tree[]): void {
  const pids = trees.map(({ pid }) => pid);
  if (process.platform === 'win32') {
    for (const pid of pids) {
      spawn('taskkill', ['/PID', String(pid), '/T', '/F'], { stdio: 'ignore' }).on('error', () => undefined);
    }
    return;
  }
  const below = descendants(pids);
  const groups = pids.map((pid) => -pid);
  for (const each of [...groups, ...below, ...carriers(trees.map(({ mark }) => mark))]) {
    try {
      process.kill(each, 'SIGKILL');
    } catch {
      // Gone already.
    }
  }
}
