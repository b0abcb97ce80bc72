import { spawn } from 'node:child_process';
import which from 'which';

interface Options {
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
}

export interface CommandResult {
  readonly code: number;
  readonly output: string;
}

/** Runs a program and returns its exit code and output. */
export function run(
  program: string,
  args: readonly string[],
  { cwd, env = process.env }: Options = {},
): Promise<CommandResult> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
    const output: string[] = [];
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => output.push(String(chunk)));
    child.once('error', reject);
    child.once('close', (code) => resolve({ code: code ?? 1, output: output.join('') }));
  });
}

/** Runs a program that must succeed. */
export async function mustRun(program: string, args: readonly string[], options: Options = {}): Promise<string> {
  const { code, output } = await run(program, args, options);
  if (code !== 0) throw new Error(`${program} ${args.join(' ')} ended with ${code}:\n${output}`);
  return output;
}

/** The path of the first of these programs that is on the PATH. */
export function findProgram(...names: readonly string[]): string | undefined {
  for (const name of names) {
    const path = which.sync(name, { nothrow: true });
    if (path !== null) return path;
  }
  return undefined;
}
