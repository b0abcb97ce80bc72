import { readFile } from 'node:fs/promises';

/**
 * The most memory a process has used, in MB: its resident set's peak, where the system tells (Linux). Unknown elsewhere
 * and for a process that is gone: nothing is estimated.
 */
export async function peakMemoryMB(pid: number | undefined): Promise<number | undefined> {
  if (pid === undefined || process.platform !== 'linux') return undefined;
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  const kilobytes = /^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1];
  return kilobytes === undefined ? undefined : Math.round(Number(kilobytes) / 1024);
}
