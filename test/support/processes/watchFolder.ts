// Watches a folder and ends.
import { createChangeWatcher } from '../../../src/local/workspace/watching/changeWatcher.ts';

const [folder = ''] = process.argv.slice(2);
const { kind } = await createChangeWatcher([folder]).watch(folder, () => undefined);
console.log(kind);
