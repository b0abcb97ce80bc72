// A process that replaces a file with many bytes, again and again, until it is killed.
import { writeAtomically } from '../../../src/host/files/atomicFile.ts';

const [file = ''] = process.argv.slice(2);
const bytes = new Uint8Array(64 * 1024 * 1024).fill(0x20);

for (;;) await writeAtomically(file, bytes);
