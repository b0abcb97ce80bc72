import { lazy } from '../../core/async/lazy.ts';
import type { Services } from './services.ts';

type Commands = 'connectionCommands' | 'functionBrowser' | 'functions' | 'importExport' | 'presets';

/** The commands of features that others use. Each bundle loads with the first use. */
export function createLazyCommands(services: () => Services): Pick<Services, Commands> {
  return {
    connectionCommands: lazy(async () =>
      (await import('../connections/commands.ts')).createConnectionCommands(services()),
    ),
    functionBrowser: lazy(
      async () => new (await import('../functionBrowser/functionBrowser.ts')).FunctionBrowser(services()),
    ),
    functions: lazy(async () => (await import('../functions/commands.ts')).createFunctionCommands(services())),
    importExport: lazy(async () =>
      (await import('../importExport/commands.ts')).createImportExportCommands(services()),
    ),
    presets: lazy(async () => (await import('../presets/commands.ts')).createPresetCommands(services())),
  };
}
