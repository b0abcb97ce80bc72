import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises';
import { killProcesses } from './killProcesses.ts';
import { environment, processIds } from './processTree.ts';

/** How many environments are read in one turn of the event loop, which takes about a millisecond. */
const READS_PER_TURN = 40;

/** The delay before the next search, in milliseconds. */
const DELAY_MS = 20;

/** The maximum number of searches for one marker. */
const MAX_PASSES = 50;

/** The markers that are searched for, in one search for all callers. The objects differ for each call. */
const searched = new Map<string, { passes: number }>();

let isSearching = false;

/** Kills the processes that have one of the markers, and returns the markers that were found. */
async function killOnce(markers: readonly string[]): Promise<ReadonlySet<string>> {
  const found = new Set<string>();
  await nextTurn();
  for (const [index, pid] of processIds().entries()) {
    if (index % READS_PER_TURN === READS_PER_TURN - 1) await nextTurn();
    const text = environment(pid);
    const marker = markers.find((each) => text.includes(each));
    if (marker === undefined) continue;
    found.add(marker);
    killProcesses([-pid, pid]);
  }
  return found;
}

async function search(): Promise<void> {
  isSearching = true;
  while (searched.size > 0) {
    const before = [...searched];
    const found = await killOnce(before.map(([marker]) => marker));
    for (const [marker, state] of before) {
      state.passes++;
      const isCurrent = searched.get(marker) === state; // not requested again meanwhile
      if (isCurrent && (!found.has(marker) || state.passes === MAX_PASSES)) searched.delete(marker);
    }
    if (searched.size > 0) await sleep(DELAY_MS);
  }
  isSearching = false;
}

/**
 * Kills the processes whose environment contains one of the markers, including orphans, until none is found, because
 * they may start others meanwhile. Runs in the background. Linux only.
 */
export function killMarked(markers: readonly string[]): void {
  for (const marker of markers) searched.set(marker, { passes: 0 });
  if (!isSearching) void search();
}
