import { isRecord } from './isRecord.ts';

/** A function of the workspace that the local endpoint can run. Times in seconds, memory in MB, as Lambda's config has them. */
export interface LocalFunction {
  /** `path/file.export`, relative to the workspace folder. */
  readonly handler: string;
  readonly runtime: string;
  readonly timeout: number;
  readonly memorySize: number;
  readonly environment: Readonly<Record<string, string>>;
}

/** Lambda's own defaults: 3 s, 128 MB. */
const DEFAULTS = { runtime: 'nodejs22.x', timeout: 3, memorySize: 128 } as const;

function positive(value: unknown, otherwise: number): number {
  return typeof value === 'number' && value > 0 ? value : otherwise;
}

/** The `localFunctions` of a presets file: name → handler and configuration. Entries without a handler are left out. */
export function parseLocalFunctions(value: unknown): Record<string, LocalFunction> {
  if (!isRecord(value)) return {};
  const functions: Record<string, LocalFunction> = {};
  for (const [name, entry] of Object.entries(value)) {
    if (!isRecord(entry) || typeof entry['handler'] !== 'string') continue;
    const environment = isRecord(entry['environment']) ? entry['environment'] : {};
    functions[name] = {
      handler: entry['handler'],
      runtime: typeof entry['runtime'] === 'string' ? entry['runtime'] : DEFAULTS.runtime,
      timeout: positive(entry['timeout'], DEFAULTS.timeout),
      memorySize: positive(entry['memorySize'], DEFAULTS.memorySize),
      environment: Object.fromEntries(Object.entries(environment).map(([key, text]) => [key, String(text)])),
    };
  }
  return functions;
}
