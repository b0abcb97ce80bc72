import { alphanumeric, normalizedName } from '../functions/normalizedName.ts';
import type { TemplateEvent } from '../functions/localFunctionView.ts';

/** A workspace function to compare with an event file. Paths with `/`. */
export interface EventCandidate {
  readonly name: string;
  readonly otherNames: readonly string[];
  /** The source file of its handler. */
  readonly source?: string;
  /** The template or presets file that defines it. */
  readonly definition?: string;
  readonly events?: readonly TemplateEvent[];
}

/** Words in names of event files that don't name a function. */
const FILLERS = new Set(['event', 'events', 'example', 'input', 'payload', 'request', 'sample', 'test']);

/** Other names that event files have for event types. */
const TYPE_NAMES: Readonly<Record<string, readonly string[]>> = {
  api: ['apigateway', 'apigw', 'http', 'rest'],
  httpapi: ['apigateway', 'apigw', 'http', 'api'],
  http: ['apigateway', 'apigw', 'api'],
  schedule: ['scheduled', 'cron', 'timer'],
  schedulev2: ['schedule', 'scheduled', 'cron', 'timer'],
  eventbridgerule: ['eventbridge'],
  cloudwatchevent: ['cloudwatch', 'eventbridge'],
  stream: ['dynamodb', 'kinesis'],
};

/** The file name as words: `test-HelloWorld.event.json` is `hello`, `world`. */
function namingWords(file: string): string[] {
  const spaced = file.replaceAll(/([a-z0-9])([A-Z])/g, '$1 $2').toLowerCase();
  return spaced.split(/[^a-z0-9]+/).filter((word) => word !== '' && !FILLERS.has(word) && !/^\d+$/.test(word));
}

function folderOf(path: string): string {
  return path.split('/').slice(0, -1).join('/');
}

function isBelow(path: string, folder: string): boolean {
  return folder !== '' && path.startsWith(`${folder}/`);
}

function namesType(file: string, type: string): boolean {
  const key = alphanumeric(type);
  return [key, ...(TYPE_NAMES[key] ?? [])].includes(file);
}

/**
 * How well an event file matches a function, from 0 (no match) to 4: the file has its name, the file has the name of one
 * of its events or a folder has its name, the file is next to the handler, or its name contains the function's or is an
 * event type of the function.
 */
export function eventMatch(path: string, { name, otherNames, source, events = [] }: EventCandidate): number {
  const parts = path.split('/');
  const base = (parts.at(-1) ?? '').replace(/\.json$/i, '');
  const file = alphanumeric(base);
  const named = namingWords(base).join('');
  const words = [name, ...otherNames].map(normalizedName).filter((word) => word.length > 1);
  const spellings = [file, named, normalizedName(base), normalizedName(named)];
  if (words.some((word) => spellings.includes(word))) return 4;
  const folders = parts.slice(0, -1).flatMap((folder) => [alphanumeric(folder), normalizedName(folder)]);
  if (words.some((word) => folders.includes(word))) return 3;
  const isEvent = (event: string | undefined) => event !== undefined && namingWords(event).join('') === named;
  if (named !== '' && events.some((event) => isEvent(event.name))) return 3;
  if (source !== undefined && isBelow(path, folderOf(source))) return 2;
  if (named !== '' && events.some(({ type }) => namesType(named, type))) return 1;
  return words.some((word) => word.length > 3 && file.includes(word)) ? 1 : 0;
}

/**
 * Ranks functions for event files, best first and otherwise in their order. A file in the `events` folder next to a
 * template matches the template's only function.
 */
export function rankByEvents<Candidate extends EventCandidate>(
  paths: readonly string[],
  candidates: readonly Candidate[],
): { readonly candidate: Candidate; readonly isLikely: boolean }[] {
  const inFile = new Map<string | undefined, number>();
  for (const { definition } of candidates) inFile.set(definition, (inFile.get(definition) ?? 0) + 1);
  const isOnlyOne = (path: string, { definition }: Candidate) =>
    definition !== undefined && inFile.get(definition) === 1 && isBelow(path, `${folderOf(definition)}/events`);
  const rank = (candidate: Candidate) =>
    paths.reduce((sum, path) => sum + Math.max(eventMatch(path, candidate), isOnlyOne(path, candidate) ? 1 : 0), 0);
  return candidates
    .map((candidate) => ({ candidate, rank: rank(candidate) }))
    .toSorted((one, other) => other.rank - one.rank)
    .map(({ candidate, rank: score }) => ({ candidate, isLikely: score > 0 }));
}
