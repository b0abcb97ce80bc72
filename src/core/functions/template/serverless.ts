import { isRecord } from '../../json/isRecord.ts';
import { LOCAL_DEFAULTS } from '../localFunctions.ts';
import { message, type Message } from '../../messages/messages.ts';
import { createVariables, DEFAULT_STAGE } from './serverlessVariables.ts';
import type { TemplateEvent } from '../localFunctionView.ts';
import type { WorkBudget } from '../../async/workBudget.ts';
import { UNRESOLVED } from './intrinsics.ts';
import {
  environmentOf,
  MAX_EVENTS,
  notesOf,
  numberOf,
  record,
  runtimeObstacle,
  textOf,
  type TemplateFunction,
  type TemplateFunctions,
} from './templateFunction.ts';
import type { TemplateTree } from './yamlTree.ts';

/** The Serverless Framework's defaults: 6 s, 1,024 MB. */
const DEFAULTS = { timeout: 6, memorySize: 1024 } as const;

function entriesOf(functions: unknown): [string, unknown][] {
  if (Array.isArray(functions)) return functions.flatMap((part) => Object.entries(record(part)));
  return Object.entries(record(functions));
}

/** The events of a function: `- s3: …`, or a name without settings. */
function eventsOf(events: unknown, budget: WorkBudget): TemplateEvent[] {
  if (!Array.isArray(events)) return [];
  budget.step(events.length); // an alias can repeat them for each function
  return events.slice(0, MAX_EVENTS).flatMap((event: unknown) => {
    const [type = textOf(event)] = Object.keys(record(event));
    return type === undefined ? [] : [{ type }];
  });
}

/**
 * Reads the functions of a Serverless Framework file. A function is known by its `name`, its key, and
 * `service-stage-key`, the framework's default name. Source: Serverless Framework, "AWS Lambda Functions".
 */
export function serverlessFunctions(
  { root, lineOf }: TemplateTree,
  file: string,
  budget: WorkBudget,
): Pick<TemplateFunctions, 'functions' | 'problems'> {
  const { service, provider: rawProvider, functions, custom } = record(root);
  const problems: Message[] = [];
  if (
    typeof functions === 'string' ||
    (Array.isArray(functions) && functions.some((part) => typeof part === 'string'))
  ) {
    problems.push(message('serverlessFilesNotRead', file));
  }
  const normalized = { ...record(root), service: record(service)['name'] ?? service, custom };
  const { fill } = createVariables(normalized, budget);
  const provider = record(fill(rawProvider));
  const stage = textOf(provider['stage']) ?? DEFAULT_STAGE;
  const templateFunctions = entriesOf(functions).flatMap(([key, entry]): TemplateFunction[] => {
    if (!isRecord(entry)) return [];
    const fields = record(fill(entry));
    const runtime = textOf(fields['runtime']) ?? textOf(provider['runtime']) ?? LOCAL_DEFAULTS.runtime;
    const variables = { ...record(provider['environment']), ...record(fields['environment']) };
    budget.step(Object.keys(variables).length); // copied for each function
    const { environment, missing } = environmentOf(variables);
    const name = textOf(fields['name']) ?? key;
    const events = eventsOf(entry['events'], budget);
    const reserved = numberOf(fields['reservedConcurrency']);
    const retries = numberOf(fields['maximumRetryAttempts']);
    const isRuntimeUnknown =
      fields['runtime'] === UNRESOLVED || (fields['runtime'] === undefined && provider['runtime'] === UNRESOLVED);
    const runtimeProblem = isRuntimeUnknown ? message('runtimeUnknown') : runtimeObstacle(runtime);
    const obstacle = fields['image'] === undefined ? runtimeProblem : message('imageNotHere');
    return [
      {
        name,
        logicalId: key,
        otherNames: [key, `${textOf(normalized.service) ?? ''}-${stage}-${key}`].filter((other) => other !== name),
        line: lineOf('functions', key),
        fn: {
          ...LOCAL_DEFAULTS,
          handler: textOf(fields['handler']) ?? '',
          runtime,
          timeout: numberOf(fields['timeout']) ?? numberOf(provider['timeout']) ?? DEFAULTS.timeout,
          memorySize: numberOf(fields['memorySize']) ?? numberOf(provider['memorySize']) ?? DEFAULTS.memorySize,
          environment,
          ...(reserved !== undefined && { reservedConcurrentExecutions: reserved }),
          ...(retries !== undefined && { maximumRetryAttempts: retries }),
          isTenantIsolated: false,
        },
        ...(obstacle !== undefined && { obstacle }),
        notes: notesOf(missing, fields['layers']),
        ...(events.length > 0 && { events }),
      },
    ];
  });
  return { functions: templateFunctions, problems };
}
