import type { Feature } from '../wiring/feature.ts';
import type { Services } from '../wiring/services.ts';

/** The Output channel: a line for each invocation. */
export function createLogs({ output, invocations }: Pick<Services, 'output' | 'invocations'>): Feature<'showOutput'> {
  invocations.listen({ onDidEnd: (ended) => output.write(ended) });
  return { handlers: { showOutput: () => output.show() }, dispose: () => output.dispose() };
}
