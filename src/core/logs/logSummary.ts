import type { LogEntry, LogField } from './logEntry.ts';
import { fieldsOf } from './logFields.ts';

/** Fields that are the same in every entry of a function: shown when the entry is expanded, not in its row. */
const CONSTANT_KEYS = new Set(
  [
    'cold_start coldStart function_arn functionArn function_memory_size functionMemorySize function_name functionName',
    'function_version functionVersion sampling_rate samplingRate service xray_trace_id xrayTraceId traceId tenantId',
    'ColdStart FunctionName FunctionVersion FunctionMemorySize FunctionArn SamplingRate Service XRayTraceId',
    'pid hostname v name logger logger_name location caller thread thread_name threadId threadPriority loggerFqcn',
    'endOfBatch target span spans filename',
  ].flatMap((keys) => keys.split(' ')),
);

/** The maximum length of a value in a row, in characters. */
const MAX_VALUE = 80;
/** The maximum length of all values in a row. */
const MAX_SUMMARY = 300;

function valueText({ kind, text, members = [] }: LogField): string {
  if (kind === 'object') return members.length === 0 ? '{}' : '{…}';
  if (kind === 'array') return `[${members.length}]`;
  const line = text.split('\n', 1)[0] ?? '';
  return line.length < text.length || line.length > MAX_VALUE ? `${line.slice(0, MAX_VALUE)}…` : line;
}

/** Reading larger objects takes longer than the row is worth. In characters. */
const MAX_READ = 8192;

/** Whether an entry has fields. True for large objects, which aren't read for it. */
export function hasFields(entry: Pick<LogEntry, 'fieldSource'>): boolean {
  return isLarge(entry) || fieldsOf(entry).length > 0;
}

function isLarge({ fieldSource }: Pick<LogEntry, 'fieldSource'>): boolean {
  return fieldSource?.kind === 'json' && fieldSource.json.length > MAX_READ;
}

/** The fields of an entry in one line: `sku=A-12 left=1 order={…}`. */
export function summaryOf(entry: Pick<LogEntry, 'kind' | 'fieldSource'>): string {
  if (entry.kind === 'platform') return '';
  if (isLarge(entry)) return '{…}';
  const parts: string[] = [];
  let length = 0;
  for (const field of fieldsOf(entry)) {
    if (CONSTANT_KEYS.has(field.key)) continue;
    const part = `${field.key}=${valueText(field)}`;
    length += part.length + 1;
    if (length > MAX_SUMMARY) return [...parts, '…'].join(' ');
    parts.push(part);
  }
  return parts.join(' ');
}
