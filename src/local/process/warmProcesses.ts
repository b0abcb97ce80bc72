import type { HandlerProcess } from './handlerProcess.ts';

/** Identifies what a process has loaded. */
export interface ProcessKey {
  /** The function's code and configuration. With another value, the process is outdated. */
  readonly code: string;
  /** The version and the tenant, whose events need separate processes. */
  readonly variant: string;
}

interface WarmProcess extends ProcessKey {
  readonly handler: HandlerProcess;
  /** When it became idle, in milliseconds of `performance.now()`. */
  readonly since: number;
}

interface DebuggedHandler {
  readonly handler: HandlerProcess;
  /** Whether it handles an event. */
  isBusy: boolean;
  /** Where to attach, once it is known. */
  address: string | undefined;
}

/** The processes of one function. */
export interface FunctionProcesses {
  /** Increased by a restart. A process of an earlier generation isn't used again after its event. */
  generation: number;
  /** The number of running events. */
  running: number;
  /** Idle processes, the most recently used one last. */
  warm: WarmProcess[];
  debugged: DebuggedHandler | undefined;
}

/** Takes the most recently used process with this key. Kills outdated processes and drops exited ones. */
export function takeWarm(processes: FunctionProcesses, key: ProcessKey): HandlerProcess | undefined {
  const { warm } = processes;
  const isUsable = ({ handler, code }: WarmProcess) => !handler.hasExited && code === key.code;
  const newest = warm.at(-1);
  if (newest !== undefined && isUsable(newest) && newest.variant === key.variant) return warm.pop()?.handler;
  for (const each of warm) if (!isUsable(each)) each.handler.kill();
  processes.warm = warm.filter(isUsable);
  const index = processes.warm.findLastIndex(({ variant }) => variant === key.variant);
  return index === -1 ? undefined : processes.warm.splice(index, 1)[0]?.handler;
}

/** Removes a process that has ended, so that it doesn't count as warm. */
export function dropWarm(processes: FunctionProcesses, handler: HandlerProcess): void {
  if (processes.warm.some((each) => each.handler === handler))
    processes.warm = processes.warm.filter((each) => each.handler !== handler);
}

/** Kills the warm processes that have been idle since before `time`. Returns when the next one was last used. */
export function killIdleSince(all: Iterable<FunctionProcesses>, time: number): number | undefined {
  let next: number | undefined;
  for (const processes of all) {
    const isIdle = ({ since }: WarmProcess) => since <= time;
    for (const { handler } of processes.warm.filter(isIdle)) handler.kill();
    processes.warm = processes.warm.filter((each) => !isIdle(each));
    const oldest = processes.warm[0]?.since;
    if (oldest !== undefined) next = Math.min(next ?? oldest, oldest);
  }
  return next;
}

/** Kills the process that has been idle for the longest time. Returns false if there is none. */
export function killLeastRecentlyUsed(all: Iterable<FunctionProcesses>): boolean {
  let oldest: FunctionProcesses | undefined;
  for (const processes of all) {
    const since = processes.warm[0]?.since ?? Infinity;
    if (since < (oldest?.warm[0]?.since ?? Infinity)) oldest = processes;
  }
  const killed = oldest?.warm.shift();
  killed?.handler.kill();
  return killed !== undefined;
}

/** Kills the warm processes for which a loaded file outside the code folder has changed. */
export async function killOutdated(processes: FunctionProcesses): Promise<void> {
  const checked = processes.warm.map(async (each) => ({ each, isCurrent: await each.handler.loaded.isCurrent() }));
  const outdated = new Set((await Promise.all(checked)).filter(({ isCurrent }) => !isCurrent).map(({ each }) => each));
  const isOutdated = (each: WarmProcess) => outdated.has(each);
  for (const { handler } of processes.warm.filter(isOutdated)) handler.kill();
  processes.warm = processes.warm.filter((each) => !isOutdated(each));
}

/** Kills the warm processes. Those that handle an event aren't used again. */
export function endWarm(processes: FunctionProcesses): void {
  processes.generation++;
  for (const { handler } of processes.warm) handler.kill();
  processes.warm = [];
}

/** The debugged process, unless it handles another event. */
export function takeDebugged({ debugged }: FunctionProcesses): FunctionProcesses['debugged'] {
  if (debugged === undefined || debugged.isBusy || debugged.handler.hasExited) return undefined;
  debugged.isBusy = true;
  return debugged;
}
