// Compiles a program in a separate process: the compilers are code of the project, and need more memory than a function
// has. Arguments: the handler's file, and the file for the program, which it may replace.
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { compileProgram } from './compileProgram.ts';
import { PROGRAM_FORMAT, type Program } from './program.ts';

function readProgram(file: string): Program | undefined {
  try {
    const program = JSON.parse(readFileSync(file, 'utf8')) as Program;
    return program.format === PROGRAM_FORMAT ? program : undefined;
  } catch {
    return undefined;
  }
}

async function main(entry: string, output: string): Promise<void> {
  const program = await compileProgram(entry, readProgram(output));
  const temporary = `${output}.${process.pid}`;
  writeFileSync(temporary, JSON.stringify(program), { mode: 0o600 });
  renameSync(temporary, output);
}

const [, , entry = '', output = ''] = process.argv;
main(entry, output).then(
  () => process.exit(0), // a compiler may have started a process that doesn't end
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
