import type * as vscode from 'vscode';
import { lazy } from '../../core/async/lazy.ts';
import { disposeLoaded } from '../ui/disposeLoaded.ts';
import { lazyHandlers, type Feature } from '../wiring/feature.ts';
import type { TestingServices } from './commands.ts';

const NAMES = ['acceptAsExpected', 'checkHistory'] as const;

interface TestingFeature extends Feature<(typeof NAMES)[number]> {
  /** Lists all tests, or those below an item. */
  resolve(item?: vscode.TestItem): Promise<void>;
}

/** Presets as tests in VS Code's Test Explorer. */
export function createTesting(services: TestingServices): TestingFeature {
  const commands = lazy(async () => (await import('./commands.ts')).createTestingCommands(services));
  return {
    handlers: lazyHandlers(NAMES, commands),
    resolve: async (item) => (await commands()).resolve(item),
    dispose: () => disposeLoaded(commands).dispose(),
  };
}
