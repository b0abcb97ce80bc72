// Runs the layer given as the argument, and sends its counts to the parent process.
import { type LayerName, LAYERS } from './layers.ts';
import type { TestCounts } from './testCounts.ts';

process.once('disconnect', () => process.exit(1));

async function runLayer(name: LayerName): Promise<TestCounts> {
  try {
    const counts = await LAYERS[name].run();
    // A layer that ran no test has failed.
    return counts.passed + counts.failed === 0 ? { passed: 0, failed: 1 } : counts;
  } catch (error) {
    console.error(error instanceof Error ? (error.stack ?? error.message) : String(error));
    return { passed: 0, failed: 1 };
  }
}

process.send?.(await runLayer(process.argv[2] as LayerName), () => process.exit());
