// The sandbox for untrusted code: the user `nobody`, a network namespace with only the loopback interface, its own process
// and mount namespaces, none of this process's environment variables, and read-only projects.
import { spawn } from 'node:child_process';
import { dirname } from 'node:path';
import { findProgram } from '../host/command.ts';

const PROGRAMS = ['unshare', 'setpriv', 'ip', 'mount'];

/** Folders in the sandbox. /mnt is in memory, except for the bind mounts. */
export const SANDBOX = {
  projects: '/mnt/projects',
  product: '/mnt/product',
  results: '/mnt/results',
  sdks: '/mnt/sdks',
} as const;

/** Why this machine can't provide the sandbox. Undefined if it can. */
export function sandboxObstacle(): string | undefined {
  if (process.platform !== 'linux') return 'Linux is required, because the code of the projects runs in namespaces.';
  if (process.getuid?.() !== 0)
    return 'Root is required, to create namespaces and to run the code of the projects as the user nobody.';
  const missing = PROGRAMS.filter((name) => findProgram(name) === undefined);
  return missing.length === 0 ? undefined : `Install ${missing.join(', ')} (Debian: util-linux, iproute2, mount).`;
}

interface SandboxOptions {
  /** The projects, mounted read-only as SANDBOX.projects. */
  readonly projects: string;
  /** The folder with dist/ and out/, mounted read-only as SANDBOX.product. */
  readonly product: string;
  /** The AWS SDKs of Lambda's runtimes, mounted read-only below SANDBOX.sdks. Empty if there are none. */
  readonly sdks: { readonly node: string; readonly python: string };
  readonly script: string;
  readonly args: readonly string[];
  readonly maxMinutes: number;
}

const NAMESPACES = ['--net', '--mount', '--pid', '--ipc', '--uts', '--fork', '--mount-proc', '--kill-child'];

const SETUP = `set -e
mount --make-rprivate /
mount -t tmpfs -o mode=755,size=16m tmpfs /mnt
mkdir /mnt/home
for name in projects product sdks/node sdks/python; do
  eval "from=\\$$(basename $name)"
  [ -n "$from" ] || continue
  mkdir -p /mnt/$name
  mount --bind "$from" /mnt/$name
  mount -o remount,bind,ro,nosuid,nodev /mnt/$name
done
mount -t tmpfs -o mode=1777,size=1g,nosuid,nodev tmpfs /tmp
mount -t tmpfs -o size=1m tmpfs /home
chown 65534:65534 /mnt/home
ip link set lo up
cd /tmp
ulimit -c 0
exec setpriv --reuid=65534 --regid=65534 --clear-groups --no-new-privs --bounding-set=-all --inh-caps=-all \\
  env -i PATH="$path" HOME=/mnt/home XDG_CACHE_HOME=/tmp/cache LANG=C.UTF-8 "$@"
`;

/**
 * Runs a script in the sandbox, and returns its exit code. Its output goes to the output of this process. Kills all
 * processes in the sandbox after `maxMinutes`, and when this process ends.
 */
export function runInSandbox({ projects, product, sdks, script, args, maxMinutes }: SandboxOptions): Promise<number> {
  const path = [dirname(process.execPath), '/usr/local/bin', '/usr/bin', '/bin'].join(':');
  const child = spawn('unshare', [...NAMESPACES, 'sh', '-c', SETUP, 'sandbox', process.execPath, script, ...args], {
    env: { PATH: process.env['PATH'], projects, product, ...sdks, path },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  child.stdout.pipe(process.stdout);
  const timer = setTimeout(() => child.kill('SIGKILL'), maxMinutes * 60_000);
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => {
      clearTimeout(timer);
      if (signal === 'SIGKILL') reject(new Error(`Stopped after ${maxMinutes} minutes.`));
      else resolve(code ?? 1);
    });
  });
}
