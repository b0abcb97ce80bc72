import { descendants } from './processTree.ts';

/** The maximum number of searches for processes that were started during the previous search. */
const MAX_PASSES = 10;

function signalAll(pids: Iterable<number>, signal: NodeJS.Signals): void {
  for (const pid of pids) {
    if (Math.abs(pid) <= 1) continue; // 0: the own group, -1: every process
    try {
      process.kill(pid, signal);
    } catch {
      // Already exited.
    }
  }
}

/**
 * Kills processes and process groups (negative IDs), and the descendants of the processes and of the groups' leaders.
 * Not on Windows.
 */
export function killProcesses(targets: readonly number[]): void {
  const roots = targets.map(Math.abs);
  const all = new Set(targets);
  // Stop them first. Otherwise, the children of killed processes lose their parent and can't be found by it.
  signalAll(all, 'SIGSTOP');
  for (let pass = 0; pass < MAX_PASSES; pass++) {
    const started = descendants(roots).filter((pid) => !all.has(pid));
    if (started.length === 0) break;
    signalAll(started, 'SIGSTOP');
    for (const pid of started) all.add(pid);
  }
  signalAll(all, 'SIGKILL');
}
