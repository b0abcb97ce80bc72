import type { Feature } from '../wiring/feature.ts';
import { keepText } from '../invoking/payloadFiles.ts';
import type { Services } from '../wiring/services.ts';
import { reportErrors } from '../ui/reportErrors.ts';
import { createRepeatCommand } from './repeatCommand.ts';

/** Stores the invocations of this workspace, and repeats the last one. */
export function createHistory({
  history,
  invocations,
  run,
}: Pick<Services, 'history' | 'invocations' | 'run'>): Feature<'repeatLast'> {
  invocations.listen({
    onDidEnd: (ended) => reportErrors(history.add({ ...ended, order: keepText(ended.order) })),
  });
  return { handlers: { repeatLast: createRepeatCommand({ history, run }) }, dispose: () => history.dispose() };
}
