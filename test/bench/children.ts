import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { resolve } from 'node:path';

/** Starts a server script that prints its URL when it's ready, and exits when its stdin closes. */
export async function startServer(script: string, node = process.execPath): Promise<{ url: string; close(): void }> {
  const child: ChildProcess = spawn(node, [resolve(script)], { stdio: ['pipe', 'pipe', 'inherit'] });
  if (child.stdout === null) throw new Error('no stdout');
  const [url] = (await once(createInterface(child.stdout), 'line')) as [string];
  return { url, close: () => child.stdin?.end() };
}
