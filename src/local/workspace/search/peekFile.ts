import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import { looksLikeCandidate } from '../../../core/functions/templateCandidates.ts';

/**
 * The maximum size in bytes of a file that isn't named like a template. CloudFormation accepts no larger template.
 * Source: CloudFormation quotas, template body in an S3 object.
 */
const MAX_BYTES = 1_000_000;

/** Doesn't block on a pipe. */
const FLAGS = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0) | (constants.O_NOCTTY ?? 0);

/** Each template contains one of these. Looking for bytes is cheaper than decoding every file. */
const MARKS = ['AWS::', 'provider'];

function readBytes(path: string): Buffer | undefined {
  const file = openSync(path, FLAGS);
  try {
    const stats = fstatSync(file);
    if (!stats.isFile() || stats.size > MAX_BYTES) return undefined;
    const buffer = Buffer.allocUnsafe(stats.size);
    return buffer.subarray(0, readSync(file, buffer, 0, stats.size, 0));
  } finally {
    closeSync(file);
  }
}

/**
 * Whether a regular file looks like a template. Synchronous, because most files are small and this takes a fifth of the
 * time. Not for files that were never checked with `stat`. False for a file that can't be read or has more than 1 MB.
 */
export function looksLikeTemplateFile(path: string): boolean {
  try {
    const bytes = readBytes(path);
    if (bytes === undefined || !MARKS.some((mark) => bytes.includes(mark))) return false;
    return looksLikeCandidate(path, bytes.toString('utf8'));
  } catch {
    return false;
  }
}
