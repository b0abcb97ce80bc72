import { patternsOf } from '../connection/confirmPatterns.ts';
import { isRecord } from '../json/isRecord.ts';
import { parseJsonc } from '../json/parseJsonc.ts';

/**
 * The patterns in `confirm` of a presets file, which require confirmation as those of `lambdaInvoke.confirm`. Also read
 * from a file with syntax errors, as far as possible.
 */
export function presetsConfirm(text: string): string[] {
  if (!text.includes('"confirm"')) return []; // parsing a large file takes most of the time to read it
  const content = parseJsonc(text);
  return isRecord(content) ? patternsOf(content['confirm']) : [];
}
