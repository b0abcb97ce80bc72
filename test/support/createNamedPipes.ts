import { execFileSync } from 'node:child_process';

const PROGRAM = 'mkfifo';

/** Makes named pipes; there are none on Windows. */
export function createNamedPipes(...paths: readonly string[]): void {
  execFileSync(PROGRAM, paths);
}
