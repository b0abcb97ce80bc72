import { spawn, type ChildProcess } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { mustRun } from '../host/command.ts';

interface RunOptions {
  readonly env?: Readonly<Record<string, string>>;
  readonly input?: string;
}

/** How the command line ended. */
export interface CliResult {
  readonly code: number | null;
  readonly stdout: Buffer;
  readonly stderr: string;
}

/** The packaged command line in a temporary workspace. It has no AWS files and no variables of the user. */
export interface CommandLine {
  /** The path of dist/cli.js, unpacked from lambda-invoke.tgz. */
  readonly path: string;
  readonly folder: string;
  readonly environment: NodeJS.ProcessEnv;
  write(path: string, content: string | Uint8Array): Promise<void>;
  presets(content: object): Promise<void>;
  /** Removes everything from the workspace. */
  clear(): Promise<void>;
  start(args: readonly string[], options?: RunOptions): ChildProcess;
  run(args: readonly string[], options?: RunOptions): Promise<CliResult>;
  /** Runs it in a pseudoterminal, and answers its prompt. Resolves to what the terminal shows. */
  runInTerminal(
    args: readonly string[],
    options: { readonly env: Readonly<Record<string, string>>; readonly prompt: string; readonly answer: string },
  ): Promise<string>;
  close(): Promise<void>;
}

/** Runs a command in a pseudoterminal: arguments are the prompt, the answer, and the command. Prints what it shows. */
const IN_TERMINAL = `
import os, pty, sys
prompt, answer, command = sys.argv[1].encode(), sys.argv[2].encode(), sys.argv[3:]
pid, terminal = pty.fork()
if pid == 0: os.execvp(command[0], command)
shown = b''
while True:
    try: chunk = os.read(terminal, 65536)
    except OSError: break
    if not chunk: break
    shown += chunk
    if prompt and prompt in shown:
        os.write(terminal, answer + b'\\r')
        prompt = b''
os.waitpid(pid, 0)
sys.stdout.buffer.write(shown)
`;

/** The keys of the environment. They must not appear in any output. */
export const CLI_KEYS = { accessKeyId: 'AKIACOMMANDLINE00000', secretAccessKey: 'SECRET-command-line-3f81' } as const;

/** Collects the output of a process until it ends. */
export function resultOf(child: ChildProcess): Promise<CliResult> {
  const [stdout, stderr]: [Buffer[], Buffer[]] = [[], []];
  child.stdout?.on('data', (chunk: Buffer) => stdout.push(chunk));
  child.stderr?.on('data', (chunk: Buffer) => stderr.push(chunk));
  return new Promise((done) => {
    child.once('close', (code) =>
      done({ code, stdout: Buffer.concat(stdout), stderr: Buffer.concat(stderr).toString() }),
    );
  });
}

/** `endpoint` is where all AWS services are. */
export async function unpackCommandLine(endpoint: string): Promise<CommandLine> {
  const root = await mkdtemp(join(tmpdir(), 'li-cli-'));
  const folder = join(root, 'workspace');
  await mkdir(folder);
  await mustRun('tar', ['xzf', resolve('lambda-invoke.tgz'), '-C', root]);
  const path = join(root, 'package/dist/cli.js');
  const environment = {
    PATH: process.env['PATH'],
    HOME: root,
    AWS_ENDPOINT_URL: endpoint,
    AWS_REGION: 'eu-west-1',
    AWS_ACCESS_KEY_ID: CLI_KEYS.accessKeyId,
    AWS_SECRET_ACCESS_KEY: CLI_KEYS.secretAccessKey,
    AWS_EC2_METADATA_DISABLED: 'true',
  };

  async function write(name: string, content: string | Uint8Array): Promise<void> {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), content);
  }

  function start(args: readonly string[], { env = {}, input }: RunOptions = {}): ChildProcess {
    const child = spawn(process.execPath, [path, ...args], { cwd: folder, env: { ...environment, ...env } });
    child.stdin.end(input);
    return child;
  }

  return {
    path,
    folder,
    environment,
    write,
    presets: (content) => write('.vscode/lambda-invoke.json', JSON.stringify(content, undefined, 2)),
    async clear() {
      await rm(folder, { recursive: true, force: true });
      await mkdir(folder);
    },
    start,
    run: (args, options) => resultOf(start(args, options)),
    async runInTerminal(args, { env, prompt, answer }) {
      const command = ['-c', IN_TERMINAL, prompt, answer, process.execPath, path, ...args];
      const child = spawn('python3', command, { cwd: folder, env: { ...environment, ...env } });
      return (await resultOf(child)).stdout.toString();
    },
    close: () => rm(root, { recursive: true, force: true }),
  };
}
