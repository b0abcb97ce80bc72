import { nearestWord } from '../core/messages/nearestWord.ts';
import type { PresetEntry } from '../core/presets/presetsFile.ts';
import { sentenceOf } from './sentenceOf.ts';
import { UsageError, type CommandName } from './usageError.ts';
import { PRESETS_PATH, type WorkspacePresets } from './workspaceFiles.ts';

/** The preset with a name. Throws UsageError if there is none, with the most similar name and the file's problems. */
export function presetNamed(name: string, { text, file }: WorkspacePresets, command: CommandName): PresetEntry {
  const entry = file.entries.find(({ preset }) => preset.name === name);
  if (entry !== undefined) return entry;
  if (text === undefined) throw new UsageError(`${PRESETS_PATH} doesn't exist in the workspace folder.`, command);
  const names = file.entries.map(({ preset }) => preset.name);
  const nearest = nearestWord(name, names);
  const hint = nearest === undefined ? '' : ` Did you mean "${nearest}"?`;
  const problems = file.problems.map((problem) => `\n${sentenceOf(problem)}`).join('');
  throw new UsageError(`No preset "${name}" in ${PRESETS_PATH}.${hint}${problems}`, command);
}
