import { stat } from 'node:fs/promises';
import type { Row } from './report.ts';

/** The size of the code loaded at activation, and of the download. */
export async function sizeRows(): Promise<Row[]> {
  const size = async (path: string) => (await stat(path)).size;
  return [
    {
      name: 'extension.js',
      value: await size('dist/extension.js'),
      unit: 'bytes',
      aim: { max: 10_000, of: 'value' },
    },
    { name: '.vsix', value: await size('lambda-invoke.vsix'), unit: 'bytes', aim: { max: 1_000_000, of: 'value' } },
  ];
}
