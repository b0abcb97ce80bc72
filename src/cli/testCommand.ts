import type { TestOptions } from './arguments.ts';
import type { Interrupt } from './interrupt.ts';
import type { ProcessIo } from './processIo.ts';

export async function runTests(options: TestOptions, io: ProcessIo, interrupt: Interrupt): Promise<number> {
  console.log(options, io.dist, interrupt.signal);
  return 0;
}
