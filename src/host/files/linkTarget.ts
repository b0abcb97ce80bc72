import { readlink, realpath } from 'node:fs/promises';
import * as nodePath from 'node:path';
import { resolveLinks } from '../../app/resolveLinks.ts';

/** Resolves all links of a path, also if the target is missing. See `resolveLinks`. */
export function linkTarget(path: string): Promise<string> {
  return resolveLinks(path, { path: nodePath, readlink, realpath });
}
