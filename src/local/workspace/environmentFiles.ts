import { dirname } from 'node:path';
import { readEnvironmentFile, type SamEnvironment } from '../../core/functions/samEnvironment.ts';
import { message, type Message } from '../../core/messages/messages.ts';
import { readRegularFile } from './readRegularFile.ts';
import { watchPath } from './watching/watchPath.ts';
import type { WatchFolder } from './watching/watchSet.ts';

/** The maximum size of a file in bytes. */
const MAX_BYTES = 1_000_000;

/** The values of `.env` files and of files for `sam local invoke --env-vars`. Later ones override. */
export interface EnvironmentFiles {
  readonly environments: readonly SamEnvironment[];
  /** Without values, which may be secret. */
  readonly problems: readonly Message[];
}

async function readOne(path: string): Promise<SamEnvironment | Message> {
  const file = await readRegularFile({ path, label: path, maxBytes: MAX_BYTES });
  if (file.kind === 'problem') return file.problem;
  if (file.kind === 'missing') return message('environmentFileMissing', path);
  const values = readEnvironmentFile(file.text);
  const invalidLine = values.kind === 'invalid' ? values.line : values.ignoredLine;
  if (invalidLine !== undefined) return message('environmentFileInvalid', path, invalidLine);
  return values.kind === 'values' ? values.environment : {};
}

function isProblem(read: SamEnvironment | Message): read is Message {
  return typeof read['code'] === 'string';
}

/** Reads files, given by their paths. Those with a problem aren't used. Watches them, if a watch is given. */
export async function readEnvironmentFiles(paths: readonly string[], watch?: WatchFolder): Promise<EnvironmentFiles> {
  const read: (SamEnvironment | Message)[] = [];
  for (const path of paths) {
    if (watch !== undefined) await watchPath(path, dirname(path), watch);
    read.push(await readOne(path));
  }
  return {
    environments: read.filter((each) => !isProblem(each)) as SamEnvironment[],
    problems: read.filter(isProblem),
  };
}
