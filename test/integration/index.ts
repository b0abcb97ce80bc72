// Entry point in the extension host. The report goes to a file because console output can be lost when the host exits.
import { appendFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { format } from 'node:util';
import Mocha from 'mocha';

function reportTo(file: string): void {
  const { Base } = Mocha.reporters;
  Object.assign(Base, { consoleLog: (...values: unknown[]) => appendFileSync(file, `${format(...values)}\n`) });
}

export async function run(): Promise<void> {
  const { TEST_REPORT, TEST_RESULT } = process.env;
  if (TEST_REPORT !== undefined) reportTo(TEST_REPORT);
  const mocha = new Mocha({ ui: 'bdd', timeout: 180_000, color: false, forbidOnly: true });
  for (const file of readdirSync(__dirname).filter((name) => name.endsWith('.test.js')))
    mocha.addFile(join(__dirname, file));
  const failed: { readonly title: string; readonly error: string }[] = [];
  const failures = await new Promise<number>((resolve) => {
    const runner = mocha.run((count) => {
      if (TEST_RESULT !== undefined)
        writeFileSync(TEST_RESULT, JSON.stringify({ stats: runner.stats, failures: failed }));
      resolve(count);
    });
    runner.on('fail', (test, error: unknown) => failed.push({ title: test.fullTitle(), error: format(error) }));
    runner.on('pending', (test) => failed.push({ title: test.fullTitle(), error: 'skipped' }));
  });
  if (failures > 0) throw new Error(`${failures} tests failed`);
}
