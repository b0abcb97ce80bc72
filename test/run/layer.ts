// Runs the layer that its argument names, and sends the sums to the process that started it.
import { type LayerName, LAYERS } from './layers.ts';
import type { Sums } from './testCounts.ts';

process.once('disconnect', () => process.exit(1));

async function runLayer(name: LayerName): Promise<Sums> {
  try {
    const sums = await LAYERS[name].run();
    // A layer that ran nothing has not passed.
    return sums.passed + sums.failed === 0 ? { passed: 0, failed: 1 } : sums;
  } catch (error) {
    console.error(error instanceof Error ? (error.stack ?? error.message) : String(error));
    return { passed: 0, failed: 1 };
  }
}

process.send?.(await runLayer(process.argv[2] as LayerName), () => process.exit());
