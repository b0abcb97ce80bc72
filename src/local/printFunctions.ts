import { relative } from 'node:path';
import { message, toSentence, type Message } from '../core/messages/messages.ts';
import { visibleLine } from '../core/messages/visibleText.ts';
import type { TemplatePatterns } from '../core/functions/templateCandidates.ts';
import { openWorkspace } from './workspace/workspace.ts';
import type { WorkspaceFunction } from './workspace/workspaceFunctions.ts';

/** One line with tabs between the fields, so that scripts can read it. */
function describe({ name, fn, folder, file, line, obstacle }: WorkspaceFunction): string {
  const path = relative(folder, file);
  const location = line === undefined ? path : `${path}:${line}`;
  const fields = [name, fn.runtime, fn.handler, location, obstacle === undefined ? '' : toSentence(obstacle)];
  return fields.map(visibleLine).join('\t').trimEnd();
}

/** Prints problems with the files of a workspace to stderr. */
export function printProblems(problems: readonly Message[]): void {
  for (const problem of problems) console.error(`Warning: ${visibleLine(toSentence(problem))}`);
}

/** Prints the environment variables with placeholders to stderr, a line for each function. */
export function printPlaceholders(functions: readonly WorkspaceFunction[]): void {
  for (const { name, placeholders } of functions) {
    if (placeholders === undefined) continue;
    const note = toSentence(message('placeholderValues', placeholders.join(', ')));
    console.error(visibleLine(`Note: ${name}: ${note}`));
  }
}

/**
 * Prints the functions of a folder to stdout, sorted by name: name, runtime, handler, file and line, and the reason if it
 * can't run locally. Prints placeholders and problems to stderr. `environmentFiles` are absolute paths. Resolves to the
 * exit code, which is 1 if there are problems.
 */
export async function printFunctions(
  folder: string,
  patterns: TemplatePatterns,
  environmentFiles: readonly string[] = [],
): Promise<0 | 1> {
  const workspace = openWorkspace([folder], { patterns, environmentFiles });
  const { functions, problems } = await workspace.functions.list();
  workspace.close();
  const byName = functions.toSorted((one, other) => (one.name < other.name ? -1 : 1));
  if (byName.length > 0) console.log(byName.map(describe).join('\n'));
  printPlaceholders(byName);
  printProblems(problems);
  console.error(`Functions: ${functions.length}. Problems: ${problems.length}.`);
  return problems.length === 0 ? 0 : 1;
}
