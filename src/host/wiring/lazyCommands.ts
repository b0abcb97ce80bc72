import { lazy } from '../../core/async/lazy.ts';
import type { Services } from './services.ts';

type LazyCommands = Pick<
  Services,
  | 'connectionCommands'
  | 'compare'
  | 'follow'
  | 'functionBrowser'
  | 'functions'
  | 'importExport'
  | 'presets'
  | 'statistics'
>;

/** The commands of features, whose bundles load with the first use. */
export function createLazyCommands(services: () => Services): LazyCommands {
  return {
    compare: lazy(async () => (await import('../compare/commands.ts')).createCompareCommands(services())),
    connectionCommands: lazy(async () =>
      (await import('../connections/commands.ts')).createConnectionCommands(services()),
    ),
    follow: lazy(async () => (await import('../logs/followCommands.ts')).createFollowCommands(services())),
    functionBrowser: lazy(
      async () => new (await import('../functionBrowser/functionBrowser.ts')).FunctionBrowser(services()),
    ),
    functions: lazy(async () => (await import('../functions/commands.ts')).createFunctionCommands(services())),
    importExport: lazy(async () =>
      (await import('../importExport/commands.ts')).createImportExportCommands(services()),
    ),
    presets: lazy(async () => (await import('../presets/commands.ts')).createPresetCommands(services())),
    statistics: lazy(async () => (await import('../statistics/commands.ts')).createStatisticsCommands(services())),
  };
}
