// Runs the layer given as the argument, and sends its counts to the parent process.
import { type LayerName, LAYERS } from './layers.ts';
import { failureOf, type TestCounts } from './testCounts.ts';

process.once('disconnect', () => process.exit(1));

async function runLayer(name: LayerName): Promise<TestCounts> {
  try {
    const counts = await LAYERS[name].run();
    // A layer that ran no test has failed.
    if (counts.passed + counts.failed > 0) return counts;
    return { passed: 0, failed: 1, failures: ['The layer ran no test.'] };
  } catch (error) {
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
    console.error(text);
    return { passed: 0, failed: 1, failures: [failureOf('The layer ended with an error.', text)] };
  }
}

process.send?.(await runLayer(process.argv[2] as LayerName), () => process.exit());
