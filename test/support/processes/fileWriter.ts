// Replaces a file with a large one in an endless loop, until it is killed.
import { writeAtomically } from '../../../src/host/files/atomicFile.ts';

const [file = ''] = process.argv.slice(2);
const bytes = new Uint8Array(64 * 1024 * 1024).fill(0x20);

for (;;) await writeAtomically(file, bytes);
