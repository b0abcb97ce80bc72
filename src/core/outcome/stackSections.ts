import { isLibraryLine, parseStackFrame } from './stackFrames.ts';

/** A line of a stack trace, and its number in the stack. */
interface StackLine {
  readonly text: string;
  readonly at: number;
}

/** The lines of a stack trace: the function's own code, and the frames of the runtime and of libraries. */
export interface StackSections {
  readonly own: readonly StackLine[];
  readonly runtime: readonly StackLine[];
  /** The number of frames in `runtime`. A frame can have several lines. */
  readonly runtimeFrames: number;
}

/** Whether a line repeats the heading above the stack. */
function isRepeated(line: string, type = '', message = ''): boolean {
  const text = line.trim();
  if (text === '' || text.startsWith('Traceback (most recent call last)')) return true;
  if (type === '') return text === message;
  return (
    text === type ||
    text === message ||
    text === `${type}: ${message}` ||
    text === `${type}: ${message.split('\n', 1)[0]}`
  );
}

/**
 * Separates the frames of the function's own code from those of the runtime and of libraries. Lines that aren't frames,
 * such as Python's source lines, belong to the frame before them. Lines before the first frame that repeat the type or
 * the message are left out.
 */
export function stackSections(
  stack: readonly string[],
  { type, message }: { readonly type?: string; readonly message?: string } = {},
): StackSections {
  const own: StackLine[] = [];
  const runtime: StackLine[] = [];
  let runtimeFrames = 0;
  let section: 'before' | 'own' | 'runtime' = 'before';
  const messageLines = new Set((message ?? '').split('\n').map((line) => line.trim()));
  for (const [at, text] of stack.entries()) {
    if (parseStackFrame(text) !== undefined) section = 'own';
    else if (isLibraryLine(text)) {
      section = 'runtime';
      runtimeFrames++;
    } else if (section === 'before' && (isRepeated(text, type, message) || messageLines.has(text.trim()))) continue;
    (section === 'runtime' ? runtime : own).push({ text, at });
  }
  return { own, runtime, runtimeFrames };
}
