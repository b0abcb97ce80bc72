import { peakMemory, proportionalMemory, residentMemory, ResidentMemory } from './processMemory.ts';
import { descendants } from './processTree.ts';

/** How long the peak that was read last is used for short invocations, in milliseconds. */
const PEAK_AGE_MS = 100;

/** An invocation shorter than this can hardly allocate and free memory again, in milliseconds. */
const SHORT_MS = 10;

/** The memory of a handler's process and its children, in kB. Linux only. */
export class HandlerMemory {
  readonly #pid: number;
  readonly #resident: ResidentMemory;
  #peak = 0;
  #peakReadAt = -Infinity;

  constructor(pid: number) {
    this.#pid = pid;
    this.#resident = new ResidentMemory(pid);
  }

  /**
   * Measures the process and its children. Pages that they share count once, which takes time to find out, so that is
   * done only if they might need more than `limit` or than ever before.
   */
  measure(limit: number): number {
    const pids = [this.#pid, ...descendants([this.#pid], { mainThreadsOnly: true })];
    const resident = pids.reduce((sum, pid) => sum + (residentMemory(pid) ?? 0), 0);
    const isShared = pids.length > 1 && resident > this.#peak;
    const used =
      resident > limit || isShared ? pids.reduce((sum, pid) => sum + (proportionalMemory(pid) ?? 0), 0) : resident;
    this.#peak = Math.max(this.#peak, used);
    return used;
  }

  /**
   * The peak at the end of an invocation that took `ms` milliseconds. After the process has exited, the peak that was
   * measured before. Undefined if there is none, as on systems other than Linux.
   */
  peak(ms: number): number | undefined {
    const resident = this.#resident.read();
    if (resident === undefined) return this.#peak === 0 ? undefined : this.#peak;
    const now = performance.now();
    const isStale = ms >= SHORT_MS || now - this.#peakReadAt > PEAK_AGE_MS;
    const own = isStale ? (peakMemory(this.#pid) ?? resident) : resident;
    if (isStale) this.#peakReadAt = now;
    this.#peak = Math.max(this.#peak, own);
    return this.#peak;
  }

  close(): void {
    this.#resident.close();
  }
}
