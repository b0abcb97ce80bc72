import type { AwsTarget } from '../../core/connection/aws.ts';
import type { FollowMode, FollowState } from '../../core/logs/followState.ts';
import type { LogReader } from '../../core/logs/logReader.ts';
import type { Message } from '../../core/messages/messages.ts';
import { failureReason } from '../../core/outcome/invokeError.ts';
import { followLogs } from './followLogs.ts';
import type { LiveEvent } from './gapEvents.ts';
import { followLive } from './liveTail.ts';

/** A function whose log is followed. */
export interface GroupFunction {
  readonly id: number;
  readonly name: string;
  /** The name of its log group. */
  readonly logGroup: string;
  /** The ARN of its log group, which Live Tail needs. */
  readonly arn?: string;
  /** Why there is no ARN. */
  readonly arnProblem?: Message;
  /** The log group is in another region than the connection. */
  readonly isElsewhere: boolean;
  /** Earlier events aren't read. In milliseconds since the epoch. */
  readonly startTime: number;
  /** Events that were ingested until this time aren't shown again. In milliseconds since the epoch. */
  readonly shownTo: number;
}

export interface GroupListeners {
  readonly onEvents: (id: number, events: readonly LiveEvent[]) => void | Promise<void>;
  readonly onState: (id: number, state: FollowState) => void;
}

interface Group {
  readonly target: AwsTarget;
  readonly functions: readonly GroupFunction[];
  readonly mode: FollowMode;
}

type LiveState = Extract<FollowState, { kind: 'liveTail' }>;

/** The maximum number of log groups of a Live Tail session. Source: CloudWatch Logs API reference, StartLiveTail. */
const MAX_LIVE = 10;

/** The name of a function in the name of a log stream, in a log group that several functions share. */
const STREAM_FUNCTION = /^\d{4}\/\d\d\/\d\d\/([\w-]{1,140})\[/;

function belongsTo({ logGroup, logStream, ingestionTime = Infinity }: LiveEvent, fn: GroupFunction): boolean {
  if (logGroup !== fn.logGroup || ingestionTime <= fn.shownTo) return false;
  const name = STREAM_FUNCTION.exec(logStream)?.[1];
  return name === undefined || name === fn.name;
}

/** A log group, and the functions that log to it. */
interface LogGroup {
  /** The name, or the ARN if it is in another region than the connection. */
  readonly logGroup: string;
  readonly arn: string | undefined;
  readonly arnProblem: Message | undefined;
  readonly startTime: number;
  readonly functions: readonly GroupFunction[];
}

function byLogGroup(functions: readonly GroupFunction[]): LogGroup[] {
  const groups = new Map<string, LogGroup>();
  for (const fn of functions) {
    const { logGroup, arn, arnProblem, isElsewhere, startTime } = fn;
    const other = groups.get(logGroup);
    groups.set(logGroup, {
      logGroup: isElsewhere ? (arn ?? logGroup) : logGroup,
      arn,
      arnProblem,
      startTime: Math.min(startTime, other?.startTime ?? startTime),
      functions: [...(other?.functions ?? []), fn],
    });
  }
  return [...groups.values()];
}

/**
 * Follows functions of one connection until the signal aborts: with Live Tail if it's selected and available, else
 * by polling. Never rejects: a function whose log can't be read is stopped.
 */
export async function followGroup(
  reader: LogReader,
  { target, functions, mode }: Group,
  listeners: GroupListeners,
  signal: AbortSignal,
): Promise<void> {
  const setStates = (some: readonly GroupFunction[], state: FollowState) => {
    if (!signal.aborted) for (const { id } of some) listeners.onState(id, state);
  };

  async function passOn(some: readonly GroupFunction[], events: readonly LiveEvent[]): Promise<void> {
    for (const fn of some) {
      const own = events.filter((event) => belongsTo(event, fn));
      if (own.length > 0 && !signal.aborted) await listeners.onEvents(fn.id, own);
    }
  }

  async function poll({ logGroup, startTime, functions: some }: LogGroup, notLive?: Message): Promise<void> {
    const polling = { kind: 'polling', ...(notLive !== undefined && { notLive }) } as const;
    let shown: Message | undefined;
    setStates(some, polling);
    try {
      await followLogs(
        reader,
        [{ target, logGroup, startTime }],
        {
          onEvents: (events) => passOn(some, events),
          onProblem(problem) {
            if (problem?.code === shown?.code) return;
            shown = problem;
            setStates(some, problem === undefined ? polling : { ...polling, problem });
          },
        },
        { signal },
      );
    } catch (error) {
      setStates(some, { kind: 'stopped', reason: failureReason(error) });
    }
  }

  async function live(some: readonly GroupFunction[]): Promise<void> {
    const groups = byLogGroup(some);
    const logs = groups.map(({ logGroup, arn = '', startTime }) => ({ logGroup, arn, startTime }));
    let state: LiveState = { kind: 'liveTail', isSampled: false };
    const change = (changed: Partial<LiveState>) => {
      state = { ...state, ...changed };
      setStates(some, state);
    };
    const end = await followLive(
      reader,
      { target, logs },
      {
        onStart: () => change({}),
        onEvents: (events) => passOn(some, events),
        onSampled: (isSampled) => {
          if (state.isSampled !== isSampled) change({ isSampled });
        },
        onGapProblem: (problem) => change({ problem }),
      },
      { signal },
    );
    if (end.kind === 'refused') await Promise.all(groups.map((group) => poll(group, end.reason)));
    else if (end.kind === 'ended') setStates(some, { kind: 'stopped', reason: end.reason });
  }

  const canLive = functions.filter(({ arn }) => mode === 'liveTail' && arn !== undefined);
  const polled = functions.filter((fn) => !canLive.includes(fn));
  const sessions: GroupFunction[][] = [];
  for (let start = 0; start < canLive.length; start += MAX_LIVE) sessions.push(canLive.slice(start, start + MAX_LIVE));
  await Promise.all([
    ...sessions.map(live),
    ...byLogGroup(polled).map((group) => poll(group, mode === 'liveTail' ? group.arnProblem : undefined)),
  ]);
}
