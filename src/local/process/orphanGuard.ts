import { spawn, type ChildProcess } from 'node:child_process';

/**
 * A shell script that tracks process groups and kills them when its stdin closes. A closed pipe is the only signal that
 * survives SIGKILL of this process; hanging handlers and custom runtimes can't be expected to check themselves.
 */
const SCRIPT = `all=' '
while read -r sign group; do
  case $sign in
    +) all="$all$group " ;;
    -) case $all in *" $group "*) all="\${all%% $group *} \${all#* $group }" ;; esac ;;
  esac
done
for group in $all; do kill -KILL -"$group"; done 2>/dev/null`;

/**
 * Kills handler processes when this process dies. Not used on Windows, where the runtimes watch their stdin instead.
 */
export class OrphanGuard {
  #shell: ChildProcess | undefined;

  add(group: number): void {
    if (process.platform === 'win32') return;
    this.#shell ??= this.#start();
    this.#shell.stdin?.write(`+ ${group}\n`);
  }

  /** Call when a group has ended, because its ID may be reused. */
  remove(group: number): void {
    this.#shell?.stdin?.write(`- ${group}\n`);
  }

  /** Stops the guard, which kills the remaining groups. */
  close(): void {
    this.#shell?.stdin?.end();
    this.#shell = undefined;
  }

  #start(): ChildProcess {
    // A separate process group, so that Ctrl+C doesn't kill the guard before this process.
    const shell = spawn('/bin/sh', ['-c', SCRIPT], { stdio: ['pipe', 'ignore', 'ignore'], detached: true });
    shell.on('error', () => undefined);
    shell.stdin.on('error', () => undefined);
    shell.unref();
    return shell;
  }
}
