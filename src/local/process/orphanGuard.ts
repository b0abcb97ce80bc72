import { spawn, type ChildProcess } from 'node:child_process';

/**
 * Keeps a list of process groups, and ends them when its input closes: when we died without a word. A pipe's other end
 * is the one thing that tells, whatever killed us; handlers that hang, and programs of others, would not look themselves.
 */
const SCRIPT = `all=' '
while read -r sign group; do
  case $sign in
    +) all="$all$group " ;;
    -) case $all in *" $group "*) all="\${all%% $group *} \${all#* $group }" ;; esac ;;
  esac
done
for group in $all; do kill -KILL -"$group"; done 2>/dev/null`;

/** Ends handler processes when this process is killed. On Windows there is none: runtimes watch their input there. */
export class OrphanGuard {
  #shell: ChildProcess | undefined;

  add(group: number): void {
    if (process.platform === 'win32') return;
    this.#shell ??= this.#start();
    this.#shell.stdin?.write(`+ ${group}\n`);
  }

  /** The group has ended: its id may be given to others. */
  remove(group: number): void {
    this.#shell?.stdin?.write(`- ${group}\n`);
  }

  /** Lets the guard go; it ends what is still on its list. */
  close(): void {
    this.#shell?.stdin?.end();
    this.#shell = undefined;
  }

  #start(): ChildProcess {
    // Its own group: what is sent to ours (Ctrl+C) must not end it before us.
    const shell = spawn('/bin/sh', ['-c', SCRIPT], { stdio: ['pipe', 'ignore', 'ignore'], detached: true });
    shell.on('error', () => undefined);
    shell.stdin.on('error', () => undefined);
    shell.unref();
    return shell;
  }
}
