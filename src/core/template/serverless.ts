import { isRecord } from '../isRecord.ts';
import { LOCAL_DEFAULTS } from '../localFunctions.ts';
import { message, type Message } from '../messages.ts';
import { LOCAL_REGION } from '../localArn.ts';
import { UNRESOLVED } from './intrinsics.ts';
import {
  environmentOf,
  notesOf,
  numberOf,
  record,
  runtimeObstacle,
  textOf,
  type TemplateFunction,
  type TemplateFunctions,
} from './templateFunction.ts';
import type { TemplateTree } from './yamlTree.ts';

/** The Serverless Framework's own defaults: 6 s, 1,024 MB. */
const DEFAULTS = { timeout: 6, memorySize: 1024, stage: 'dev' } as const;

/** A variable may name another one; more than this is a circle. */
const MOST_STEPS = 20;

/** One source of a variable, such as `self:custom.table`, `opt:stage` or a quoted text. */
function fromSource(source: string, root: unknown, step: number): unknown {
  const quoted = /^(['"])(.*)\1$/.exec(source);
  if (quoted !== null) return quoted[2];
  const [, kind = '', path = ''] = /^(self|opt|sls|aws):(.*)$/.exec(source) ?? [];
  if (kind === 'self') {
    const found = path
      .split('.')
      .reduce<unknown>(
        (value, key) => (Array.isArray(value) ? (value as unknown[])[Number(key)] : record(value)[key]),
        root,
      );
    return found === undefined ? UNRESOLVED : fill(found, root, step + 1);
  }
  const provider = record(record(root)['provider']);
  if (path === 'stage') return kind === 'opt' ? UNRESOLVED : fill(provider['stage'] ?? DEFAULTS.stage, root, step + 1);
  if (path === 'region') return kind === 'opt' ? UNRESOLVED : fill(provider['region'] ?? LOCAL_REGION, root, step + 1);
  return UNRESOLVED;
}

/** The sources of a variable: parted by commas that stand in no quotes. */
function sourcesOf(inner: string): string[] {
  return inner.match(/(?:'[^']*'|"[^"]*"|[^,'"])+/g) ?? [];
}

/** A variable's value: the first of its sources that the file alone can tell. */
function variable(inner: string, root: unknown, step: number): unknown {
  for (const source of sourcesOf(inner)) {
    const value = fromSource(source.trim(), root, step);
    if (value !== UNRESOLVED) return value;
  }
  return UNRESOLVED;
}

const WHOLE = /^\$\{([^{}]*)\}$/;

/** A value with its `${…}` filled in; UNRESOLVED where the file alone does not tell. */
function fill(value: unknown, root: unknown, step = 0): unknown {
  if (step > MOST_STEPS) return UNRESOLVED;
  if (Array.isArray(value)) return value.map((part) => fill(part, root, step));
  if (isRecord(value))
    return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, fill(part, root, step)]));
  if (typeof value !== 'string' || !value.includes('${')) return value;
  const whole = WHOLE.exec(value);
  if (whole !== null) return variable(whole[1] ?? '', root, step);
  let isWhole = true;
  const text = value.replaceAll(/\$\{([^{}]*)\}/g, (part, inner: string) => {
    const found = variable(inner, root, step);
    if (typeof found === 'string' || typeof found === 'number') return String(found);
    isWhole = false;
    return part;
  });
  if (!isWhole) return UNRESOLVED;
  return text.includes('${') && text !== value ? fill(text, root, step + 1) : text;
}

function entriesOf(functions: unknown): [string, unknown][] {
  if (Array.isArray(functions)) return functions.flatMap((part) => Object.entries(record(part)));
  return Object.entries(record(functions));
}

/**
 * The functions of a Serverless Framework file. A function is found by its `name`, else by its key, and by
 * `service-stage-key`, which is what the framework calls it. Source: Serverless Framework, "AWS Lambda Functions".
 */
export function serverlessFunctions({ root, lineOf }: TemplateTree, file: string): TemplateFunctions {
  const { service, provider: given, functions, custom } = record(root);
  const problems: Message[] = [];
  if (
    typeof functions === 'string' ||
    (Array.isArray(functions) && functions.some((part) => typeof part === 'string'))
  ) {
    problems.push(message('serverlessFilesNotRead', file));
  }
  const whole = { ...record(root), service: record(service)['name'] ?? service, custom };
  const provider = record(fill(given, whole));
  const stage = textOf(provider['stage']) ?? DEFAULTS.stage;
  const read = entriesOf(functions).flatMap(([key, entry]): TemplateFunction[] => {
    if (!isRecord(entry)) return [];
    const fields = record(fill(entry, whole));
    const runtime = textOf(fields['runtime']) ?? textOf(provider['runtime']) ?? LOCAL_DEFAULTS.runtime;
    const variables = { ...record(provider['environment']), ...record(fields['environment']) };
    const { environment, missing } = environmentOf(variables);
    const name = textOf(fields['name']) ?? key;
    const reserved = numberOf(fields['reservedConcurrency']);
    const retries = numberOf(fields['maximumRetryAttempts']);
    const isUnknown =
      fields['runtime'] === UNRESOLVED || (fields['runtime'] === undefined && provider['runtime'] === UNRESOLVED);
    const noRuntime = isUnknown ? message('runtimeUnknown') : runtimeObstacle(runtime);
    const obstacle = fields['image'] === undefined ? noRuntime : message('imageNotHere');
    return [
      {
        name,
        logicalId: key,
        otherNames: [key, `${String(whole.service)}-${stage}-${key}`].filter((other) => other !== name),
        line: lineOf(['functions', key]),
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
      },
    ];
  });
  return { functions: read, problems };
}
