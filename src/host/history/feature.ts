import type { Feature } from '../wiring/feature.ts';
import { keepText } from '../invoking/payloadFiles.ts';
import type { Services } from '../wiring/services.ts';
import { reportErrors } from '../ui/reportErrors.ts';
import { createRepeatCommand } from './repeatCommand.ts';

/** Remembers what was invoked in this workspace, and repeats it. */
export function createHistory({
  history,
  invocations,
  run,
}: Pick<Services, 'history' | 'invocations' | 'run'>): Feature<'repeatLast'> {
  invocations.listen({
    onDidEnd: (ended) => reportErrors(history.add({ ...ended, order: keepText(ended.order) })),
  });
  return { handlers: { repeatLast: createRepeatCommand({ history, run }) }, dispose: () => undefined };
}
