import type { FunctionRecord, ProjectRecord } from './runProject.ts';
import type { Stage } from './runResult.ts';

const MAX_REASON = 160;

/** The stages that count as reached, loaded, and run: a function that ran was also loaded. */
const REACHED: readonly Stage[] = ['excluded', 'reached', 'loaded', 'ran', 'succeeded'];
const LOADED: readonly Stage[] = ['loaded', 'ran', 'succeeded'];
const RAN: readonly Stage[] = ['ran', 'succeeded'];

function percent(part: number, whole: number): string {
  return whole === 0 ? '–' : `${((part / whole) * 100).toFixed(1)} %`;
}

/** A reason with paths and quoted names replaced, so that similar reasons are counted together. */
function kindOf(reason: string): string {
  return reason
    .replaceAll(/\/mnt\/projects\/\S+/g, '<path>')
    .replaceAll(/'[^']*'/g, "'…'")
    .replaceAll(/\s+/g, ' ')
    .slice(0, MAX_REASON);
}

function counted(items: readonly string[]): [string, number][] {
  const counts = new Map<string, number>();
  for (const item of items) counts.set(item, (counts.get(item) ?? 0) + 1);
  return [...counts].sort(([, one], [, other]) => other - one);
}

function ratio(label: string, part: number, whole: number, of: string): string {
  return `${label.padEnd(10)} ${String(part).padStart(5)} of ${String(whole).padStart(5)} ${of} (${percent(part, whole)})`;
}

function section(title: string, items: readonly FunctionRecord[]): string[] {
  const runnable = items.filter(({ stage }) => stage !== 'excluded' && stage !== 'listed');
  const complete = runnable.filter(({ missingPackage }) => missingPackage === undefined);
  const inStage = (stages: readonly Stage[]) => items.filter(({ stage }) => stages.includes(stage)).length;
  return [
    title,
    `  ${ratio('loaded', inStage(LOADED), runnable.length, 'that can run locally')}`,
    `  ${ratio('', inStage(LOADED), complete.length, 'without functions whose packages are missing')}`,
    `  ${ratio('ran', inStage(RAN), runnable.length, 'that can run locally')}`,
  ];
}

function reasons(title: string, records: readonly FunctionRecord[]): string[] {
  if (records.length === 0) return [];
  const lines = counted(records.map(({ reason }) => kindOf(reason))).map(([kind, count]) => {
    const example = records.find(({ reason }) => kindOf(reason) === kind);
    const where = example === undefined ? '' : `${example.project} ${example.file} ${example.name}`;
    const advice = example?.advice === undefined ? '' : `\n         ${example.advice}`;
    return `  ${String(count).padStart(5)}  ${kind}\n         ${where}${advice}`;
  });
  return ['', title, ...lines];
}

/** The report of all projects, as lines. */
export function reportLines(projects: readonly ProjectRecord[]): string[] {
  const all = projects.flatMap(({ functions }) => functions);
  const defined = projects.reduce((sum, project) => sum + project.defined, 0);
  const absent = projects.flatMap(({ missing }) => missing).reduce((sum, each) => sum + each.defined - each.listed, 0);
  const reached = all.filter(({ stage }) => REACHED.includes(stage));
  const runnable = reached.filter(({ stage }) => stage !== 'excluded');
  const languages = counted(runnable.map(({ language }) => language)).map(([language]) => language);
  return [
    ...projects.flatMap(({ project, missing, problems }) => [
      ...missing.map((each) => `${project}/${each.file}: ${each.listed} of ${each.defined} functions are listed`),
      ...problems.map((each) => `${project}: ${each}`),
    ]),
    '',
    ratio('listed', defined - absent, defined, 'defined, counted by text'),
    ratio('reached', reached.length, all.length, 'listed'),
    ratio('can run', runnable.length, reached.length, 'reached'),
    ...section('All', all),
    ...languages.flatMap((language) =>
      section(
        language,
        all.filter((each) => each.language === language),
      ),
    ),
    ...reasons(
      'Excluded',
      all.filter(({ stage }) => stage === 'excluded'),
    ),
    ...reasons(
      'Not reached',
      all.filter(({ stage }) => stage === 'listed'),
    ),
    ...reasons(
      'Not loaded',
      all.filter(({ stage }) => stage === 'reached'),
    ),
    ...reasons(
      'Ended before the handler responded',
      all.filter(({ stage }) => stage === 'loaded'),
    ),
  ];
}
