import type { Connection } from '../core/connection/connection.ts';
import type { OpenedPreset } from '../core/presets/preset.ts';
import type { ToHost } from '../protocol/toHost.ts';
import type { InvocationOrder } from './runInvocation.ts';
import { presetOf } from './shownDraft.ts';

/** The order of an intent, on the connection of its form, with the environment variables of the preset that it shows. */
export function toOrder(
  { invocation, isSentAnyway }: Pick<Extract<ToHost, { type: 'invoke' }>, 'invocation' | 'isSentAnyway'>,
  connection: Connection,
  opened?: OpenedPreset,
): InvocationOrder {
  const environment = opened?.environment;
  return {
    invocation,
    connection,
    ...presetOf(opened),
    ...(environment && { environment }),
    ...(isSentAnyway && { isSentAnyway }),
  };
}
