import { followGroup, type GroupFunction } from '../../app/logs/followGroup.ts';
import type { Connection } from '../../core/connection/connection.ts';
import { parseFunctionName } from '../../core/functions/functionName.ts';
import { localFunctionOf } from '../../core/functions/localInvocation.ts';
import { defaultLogGroup } from '../../core/logs/functionLogGroup.ts';
import type { LiveLogPart } from '../../core/logs/liveLogPart.ts';
import { LOCAL_NOTE_PREFIX } from '../../core/logs/localNote.ts';
import type { FollowMode, FollowState } from '../../core/logs/followState.ts';
import { logGroupArnOf, logGroupName } from '../../core/logs/logGroup.ts';
import { message } from '../../core/messages/messages.ts';
import { failureReason, isInvokeError } from '../../core/outcome/invokeError.ts';
import type { FollowedText } from '../../protocol/followMessages.ts';
import { awsTarget } from '../connections/connections.ts';
import type { Services } from '../wiring/services.ts';
import { sentence } from '../ui/localize.ts';
import { followLocal } from './followLocal.ts';

type AwsConnection = Extract<Connection, { kind: 'aws' }>;

export type RunServices = Pick<Services, 'aws' | 'connections' | 'functionBrowser' | 'local' | 'localFunctions'>;

/** A function of a tab. */
export interface Followed {
  readonly id: number;
  readonly FunctionName: string;
  readonly connection: Connection;
  /** The description of its connection. */
  label: string;
  /** Earlier lines aren't shown. In milliseconds since the epoch. */
  startTime: number;
  /** The newest ingestion time of its events, in milliseconds since the epoch. */
  shownTo: number;
  state: FollowState;
}

interface RunListeners {
  readonly onTexts: (texts: readonly FollowedText[]) => PromiseLike<unknown>;
  readonly onState: (fn: Followed, state: FollowState) => void;
}

/** Follows a local function until the signal aborts. Never rejects. */
export async function runLocal(
  { local, localFunctions }: RunServices,
  fn: Followed,
  { onTexts, onState }: RunListeners,
  signal: AbortSignal,
): Promise<void> {
  const { id } = fn;
  const toTexts = ({ texts, hasDropped }: LiveLogPart): FollowedText[] => {
    const note = `${LOCAL_NOTE_PREFIX}${sentence(message('liveLogDropped'))}`;
    return [...(hasDropped === true ? [note] : []), ...texts].map((text) => ({ id, time: Date.now(), text }));
  };
  try {
    const { name } = localFunctionOf(fn, await localFunctions.list());
    if (signal.aborted) return;
    onState(fn, { kind: 'local' });
    await followLocal(local, name, (part) => onTexts(toTexts(part)), signal);
  } catch (error) {
    if (!signal.aborted) onState(fn, { kind: 'stopped', reason: failureReason(error) });
  }
}

/** The log group of a function. Without permission to read its configuration, the default one. Rejects with InvokeError. */
async function groupFunction(
  { connections, functionBrowser }: RunServices,
  { id, FunctionName, startTime, shownTo }: Followed,
  connection: AwsConnection,
  signal: AbortSignal,
): Promise<GroupFunction> {
  const parts = parseFunctionName(FunctionName);
  const name = parts?.name ?? FunctionName;
  const view = await connections.describe(connection);
  const isElsewhere = parts?.region !== undefined && view.kind === 'aws' && view.region !== parts.region;
  const shared = { id, name, isElsewhere, startTime, shownTo };
  const groupOf = (LogGroup: string, functionArn: string) => {
    const arn = logGroupArnOf(functionArn, LogGroup);
    return { ...shared, logGroup: logGroupName(LogGroup), ...(arn !== undefined && { arn }) };
  };
  try {
    const browser = await functionBrowser();
    const { LogGroup, FunctionArn } = await browser.facts(connection, { FunctionName }, signal);
    return groupOf(LogGroup ?? defaultLogGroup(name), FunctionArn ?? FunctionName);
  } catch (error) {
    const status = isInvokeError(error) ? error.exception?.StatusCode : undefined;
    if (!isInvokeError(error) || error.reason.code === 'credentialsRefused') throw error;
    if (status !== 403 && status !== 404) throw error;
    return { ...groupOf(defaultLogGroup(name), FunctionName), arnProblem: error.reason };
  }
}

/** Follows functions of one AWS connection until the signal aborts. Never rejects. */
export async function runAws(
  services: RunServices,
  functions: readonly Followed[],
  { connection, mode }: { readonly connection: AwsConnection; readonly mode: FollowMode },
  { listeners, signal }: { readonly listeners: RunListeners; readonly signal: AbortSignal },
): Promise<void> {
  const byId = new Map(functions.map((fn) => [fn.id, fn]));
  const found = functions.map(async (fn): Promise<GroupFunction[]> => {
    try {
      return [await groupFunction(services, fn, connection, signal)];
    } catch (error) {
      if (!signal.aborted) listeners.onState(fn, { kind: 'stopped', reason: failureReason(error) });
      return [];
    }
  });
  const group = (await Promise.all(found)).flat();
  if (signal.aborted || group.length === 0) return;
  const { logs } = await services.aws();
  await followGroup(
    logs,
    { target: awsTarget(connection), functions: group, mode },
    {
      async onEvents(id, events) {
        const fn = byId.get(id);
        const texts = events.map(({ timestamp, message: text }) => ({ id, time: timestamp, text }));
        await listeners.onTexts(texts);
        if (fn !== undefined)
          for (const { ingestionTime = 0 } of events) fn.shownTo = Math.max(fn.shownTo, ingestionTime);
      },
      onState(id, state) {
        const fn = byId.get(id);
        if (fn !== undefined) listeners.onState(fn, state);
      },
    },
    signal,
  );
}
