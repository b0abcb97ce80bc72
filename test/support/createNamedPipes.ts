import { execFileSync } from 'node:child_process';

const PROGRAM = 'mkfifo';

/** Creates named pipes. Not available on Windows. */
export function createNamedPipes(...paths: readonly string[]): void {
  execFileSync(PROGRAM, paths);
}
