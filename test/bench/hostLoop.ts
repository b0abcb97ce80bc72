import { execFile } from 'node:child_process';
import { resolve } from 'node:path';
import { promisify } from 'node:util';
import { HOST_1_139 } from '../host/hostVersions.ts';
import { installHost } from '../host/installHost.ts';
import { startServer } from './children.ts';
import type { Row } from './report.ts';

type Medians = Readonly<Record<'bare' | 'sdk' | 'lambdaInvoke', number>>;

/** runInvocation, compared with a bare keep-alive POST and the bare SDK, in VS Code's version of Node.js. */
export async function hostLoopRows(): Promise<Row[]> {
  const { node } = await installHost(HOST_1_139);
  const server = await startServer('out/bench/echoServer.mjs', node);
  try {
    const { stdout } = await promisify(execFile)(node, [resolve('out/bench/loop.mjs'), server.url]);
    const { small, text, records } = JSON.parse(stdout) as Record<'small' | 'text' | 'records', Medians>;
    const rows = (payload: string, { bare, sdk, lambdaInvoke }: Medians, aim: Row['aim']): Row[] => [
      {
        name: `runInvocation, ${payload}`,
        value: lambdaInvoke,
        unit: 'ms',
        baseline: { name: 'bare keep-alive POST', value: bare },
        ...(aim !== undefined && { aim }),
      },
      {
        name: `runInvocation, ${payload}`,
        value: lambdaInvoke,
        unit: 'ms',
        baseline: { name: 'bare SDK', value: sdk },
      },
    ];
    return [
      ...rows('1 kB', small, { max: 1, of: 'difference' }),
      ...rows('6 MB, one string', text, { max: 2, of: 'ratio' }),
      ...rows('6 MB, records', records, undefined),
    ];
  } finally {
    server.close();
  }
}
