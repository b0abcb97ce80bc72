import type { Feature } from '../wiring/feature.ts';
import type { Services } from '../wiring/services.ts';
import { disposeLoaded } from '../ui/disposeLoaded.ts';

/** Finds functions and opens them in a form. */
export function createFunctionBrowser({
  functionBrowser,
  connections,
  forms,
}: Pick<Services, 'functionBrowser' | 'connections' | 'forms'>): Feature<'browseFunctions'> {
  return {
    handlers: {
      browseFunctions: async () => (await functionBrowser()).browseToForm(connections.store.get(), forms.openDraft),
    },
    dispose: () => disposeLoaded(functionBrowser).dispose(),
  };
}
