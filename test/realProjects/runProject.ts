import { relative } from 'node:path';
import { toSentence } from '../../src/core/messages/messages.ts';
import { diagnose } from '../../src/core/outcome/diagnosis.ts';
import { parseFunctionError } from '../../src/core/outcome/functionError.ts';
import { localAdvice } from '../../src/local/advice/localAdvice.ts';
import { FunctionPool } from '../../src/local/process/functionPool.ts';
import type { FunctionResponse } from '../../src/local/process/runFunction.ts';
import { sourceFileOf } from '../../src/local/code/codeOf.ts';
import type { Runtimes } from '../../src/local/runtimes/launch.ts';
import { openWorkspace, type Workspace } from '../../src/local/workspace/workspace.ts';
import type { WorkspaceFunction } from '../../src/local/workspace/workspaceFunctions.ts';
import { definedFunctions } from './definedFunctions.ts';
import { resultOf, type RunResult } from './runResult.ts';

/** The maximum timeout of a function, in seconds. */
const MAX_TIMEOUT = 10;

export interface FunctionRecord extends RunResult {
  readonly project: string;
  readonly name: string;
  readonly language: string;
  readonly handler: string;
  readonly file: string;
}

export interface ProjectRecord {
  readonly project: string;
  readonly defined: number;
  readonly functions: readonly FunctionRecord[];
  readonly problems: readonly string[];
  /** Files with fewer listed functions than their text defines. */
  readonly missing: readonly MissingFunctions[];
}

interface RunOptions {
  readonly runtimes: Runtimes;
  readonly payloadOf: (definition: WorkspaceFunction) => Buffer;
}

/** The language that a function is written in, or else its runtime. */
function languageOf(definition: WorkspaceFunction): string {
  const { runtime } = definition.fn;
  if (/\.[cm]?tsx?$/.test(sourceFileOf(definition) ?? '')) return 'TypeScript';
  if (runtime.startsWith('nodejs')) return 'JavaScript';
  return runtime.startsWith('python') ? 'Python' : runtime.replace(/[\d.x]+$/, '');
}

interface MissingFunctions {
  readonly file: string;
  readonly listed: number;
  readonly defined: number;
}

function missingFrom(
  folder: string,
  defined: ReadonlyMap<string, number>,
  functions: readonly WorkspaceFunction[],
): MissingFunctions[] {
  const listed = new Map<string, number>();
  for (const { file } of functions) listed.set(file, (listed.get(file) ?? 0) + 1);
  return [...defined].flatMap(([path, count]) => {
    const here = listed.get(path) ?? 0;
    return here < count ? [{ file: relative(folder, path), listed: here, defined: count }] : [];
  });
}

async function runOne(pool: FunctionPool, definition: WorkspaceFunction, body: Buffer): Promise<FunctionResponse> {
  const { fn } = definition;
  const limited = { ...definition, fn: { ...fn, timeout: Math.min(fn.timeout, MAX_TIMEOUT) } };
  const requestId = crypto.randomUUID();
  const headers = {
    'lambda-runtime-invoked-function-arn': `arn:aws:lambda:us-east-1:000000000000:function:${definition.name}`,
    'lambda-runtime-trace-id': 'Root=1-00000000-000000000000000000000000',
  };
  try {
    return await pool.run({ definition: limited, version: '$LATEST', event: { requestId, body, headers } });
  } finally {
    pool.restart(definition.name);
  }
}

/** The advice that the extension shows for a response: that of the local endpoint takes precedence. */
async function adviceFor(
  definition: WorkspaceFunction,
  { payload, FunctionError }: FunctionResponse,
  runtimes: Runtimes,
) {
  if (FunctionError === undefined) return undefined;
  const local = await localAdvice(definition, payload, runtimes);
  return local ?? diagnose({ error: parseFunctionError(payload), isLocal: true }).advice;
}

async function runDefinition(
  definition: WorkspaceFunction,
  { workspace, pool, runtimes, payloadOf }: RunOptions & { workspace: Workspace; pool: FunctionPool },
): Promise<RunResult> {
  const byName = await workspace.functions.find(definition.name);
  if (byName !== definition) return { stage: 'listed', reason: 'another function has the same name' };
  if (definition.obstacle !== undefined) return { stage: 'excluded', reason: toSentence(definition.obstacle) };
  const response = await runOne(pool, definition, payloadOf(definition));
  const result = resultOf(response, definition.fn.runtime);
  const advice = await adviceFor(definition, response, runtimes);
  return { ...result, ...(advice !== undefined && { advice: toSentence(advice) }) };
}

/** Reads a project and runs each of its functions once. */
export async function runProject(
  folder: string,
  project: string,
  { runtimes, payloadOf }: RunOptions,
): Promise<ProjectRecord> {
  const workspace = openWorkspace([folder], { maxFolders: 0 });
  const pool = new FunctionPool(workspace.stampOf, { runtimes, hasCredentials: false });
  try {
    const { functions, problems } = await workspace.functions.list();
    const defined = definedFunctions(folder);
    const records: FunctionRecord[] = [];
    for (const definition of functions) {
      const { name, fn, file } = definition;
      const language = languageOf(definition);
      const result = await runDefinition(definition, { workspace, pool, runtimes, payloadOf });
      records.push({
        project,
        name,
        language,
        handler: fn.handler,
        file: relative(folder, file),
        ...result,
      });
    }
    return {
      project,
      defined: [...defined.values()].reduce((sum, count) => sum + count, 0),
      functions: records,
      problems: problems.map((problem) => toSentence(problem)),
      missing: missingFrom(folder, defined, functions),
    };
  } finally {
    pool.close();
    workspace.close();
  }
}
