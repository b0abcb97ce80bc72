/** How long a slice may take, in milliseconds. Shorter than a frame, so that the page stays responsive. */
const SLICE_MS = 8;

/** How many steps pass between two reads of the clock. */
const STEPS_PER_CHECK = 64;

/** Work that runs in slices until it ends or is stopped. */
export interface SlicedWork {
  stop(): void;
}

/**
 * Runs a generator in slices. The first slice runs at once, so that a short work needs no other frame. `onSlice` is
 * called after each slice.
 */
export function runInSlices(work: Iterator<unknown>, onSlice: (isDone: boolean) => void): SlicedWork {
  let isStopped = false;
  const channel = new MessageChannel();

  function run(): void {
    if (isStopped) return;
    const end = performance.now() + SLICE_MS;
    let isDone = false;
    for (let step = 1; !isDone; step++) {
      isDone = work.next().done === true;
      if (step % STEPS_PER_CHECK === 0 && performance.now() > end) break;
    }
    onSlice(isDone);
    // A message, because timers are delayed by 4 ms each.
    if (!isDone) channel.port2.postMessage(undefined);
    else channel.port1.close();
  }

  channel.port1.addEventListener('message', run);
  channel.port1.start();
  run();
  return {
    stop() {
      isStopped = true;
      channel.port1.close();
    },
  };
}
