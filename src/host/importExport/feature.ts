import type { Feature } from '../wiring/feature.ts';
import type { Services } from '../wiring/services.ts';
import type { FilledDraft } from './commands.ts';

/** Imports commands and launch configurations into a form. */
export function createImportExport({
  importExport,
  forms,
}: Pick<Services, 'importExport' | 'forms'>): Feature<'importCommand' | 'importLaunch'> {
  const open = (filled: FilledDraft | undefined) => filled && forms.openDraft(filled.draft, filled.connection);
  return {
    handlers: {
      importCommand: async () => open(await (await importExport()).importFromClipboard()),
      importLaunch: async () => open(await (await importExport()).importLaunchConfiguration()),
    },
    dispose: () => undefined,
  };
}
