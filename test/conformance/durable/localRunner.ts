import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { mustRun } from '../../host/command.ts';
import { CACHE } from '../peers.ts';
import { CALLBACK_ERROR, CALLBACK_RESULT, CALLBACKS, HANDLERS, LOCAL_RUNNER } from './handlers.ts';

/** The event of all workflows. */
export const EVENT = { n: 7 };

/** What became of a workflow. */
export interface WorkflowEnd {
  readonly name: string;
  readonly status: string;
  readonly value?: unknown;
  readonly failure?: { readonly errorType?: string; readonly errorMessage?: string };
  /** Type, subtype, name, and status. */
  readonly operations: readonly (readonly (string | null)[])[];
  /** Type, subtype, and name. */
  readonly events: readonly (readonly (string | null)[])[];
}

export const FOLDER = join(CACHE, 'durable');

const PACKAGES = ['@aws/durable-execution-sdk-js@2.4.0', '@aws/durable-execution-sdk-js-testing@1.1.4'];

/** Installs the SDK and its local runner from npm, and writes the workflows. */
export async function installDurableSdk(): Promise<void> {
  await mkdir(join(FOLDER, '.vscode'), { recursive: true });
  await writeFile(join(FOLDER, 'package.json'), '{ "private": true }\n');
  await writeFile(join(FOLDER, 'handlers.js'), HANDLERS);
  await writeFile(join(FOLDER, 'runner.js'), LOCAL_RUNNER);
  await mustRun('npm', ['install', '--prefix', FOLDER, '--ignore-scripts', '--no-audit', '--no-fund', ...PACKAGES]);
}

/** Runs the workflows with the SDK's local runner. `node` needs version 22 or later. */
export async function runLocally(node: string): Promise<WorkflowEnd[]> {
  const options = { callbacks: CALLBACKS, result: CALLBACK_RESULT, error: CALLBACK_ERROR, event: EVENT };
  const output = await mustRun(node, ['runner.js', JSON.stringify(options)], { cwd: FOLDER });
  return output
    .split('\n')
    .filter((line) => line.startsWith('ROW '))
    .map((line) => JSON.parse(line.slice(4)) as WorkflowEnd);
}
